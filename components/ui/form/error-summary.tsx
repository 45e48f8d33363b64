'use client';

import { CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { FieldValues, FormState } from 'react-hook-form';

type Props<Values extends FieldValues> = { form: { formState: FormState<Values> } };

/** All that is wrong with a form that was sent, each leading to its field. For forms of more than a few fields. */
export function ErrorSummary<Values extends FieldValues>({ form }: Props<Values>) {
  const t = useTranslations('form');
  const box = useRef<HTMLDivElement>(null);
  const { errors, submitCount, isSubmitSuccessful } = form.formState;
  const faults = Object.entries(errors).map(([name, error]) => ({
    name,
    text: typeof error?.message === 'string' ? error.message : '',
  }));
  useEffect(() => {
    if (submitCount > 0 && !isSubmitSuccessful) box.current?.focus();
  }, [submitCount, isSubmitSuccessful]);
  if (submitCount === 0 || faults.length === 0) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="flex gap-3 rounded-md border-danger border-l-4 bg-danger-soft p-3 text-sm"
    >
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="flex flex-col gap-1">
        <p className="font-medium">{t('faults', { count: faults.length })}</p>
        <ul className="flex flex-col gap-1">
          {faults.map(({ name, text }) => (
            <li key={name}>
              <a
                href={`#field-${name}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(`field-${name}`)?.focus();
                }}
                className="underline underline-offset-4"
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
