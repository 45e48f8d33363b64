'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '../button.tsx';
import { Field, Input } from '../field.tsx';

type Days = { from: string; to: string };
type Props = Days & { onChoose: (days: Days) => void };

/** The first and the last day of a range, both in it. */
export function CustomRange({ from, to, onChoose }: Props) {
  const t = useTranslations('timeRange');
  const [fault, setFault] = useState<'both' | 'order' | null>(null);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = { from: String(form.get('from')), to: String(form.get('to')) };
    const next = !days.from || !days.to ? 'both' : days.from > days.to ? 'order' : null;
    setFault(next);
    if (!next) onChoose(days);
  }
  return (
    <form onSubmit={submit} noValidate className="mt-1 flex flex-col gap-2 border-t p-2">
      <p className="font-medium text-sm">{t('presets.custom')}</p>
      <div className="grid grid-cols-2 gap-2">
        <Field id="range-from" label={t('from')}>
          <Input id="range-from" name="from" type="date" defaultValue={from} className="px-2 text-sm" />
        </Field>
        <Field id="range-to" label={t('to')} error={fault ? t(fault) : null}>
          <Input
            id="range-to"
            name="to"
            type="date"
            defaultValue={to}
            aria-invalid={fault !== null}
            aria-describedby="range-to-error"
            className="px-2 text-sm"
          />
        </Field>
      </div>
      <Button type="submit" size="sm">
        {t('apply')}
      </Button>
    </form>
  );
}
