'use client';

import { useTranslations } from 'next-intl';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { z } from 'zod';
import { capEpsilonSchema, MAX_EPSILON, MIN_EPSILON } from '#lib/budgets/changes/schemas';
import { plainLines } from '#lib/identity/plain-text';
import { MAX_REASON, MIN_REASON } from '#lib/identity/reason-length';
import { Input, Textarea } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';

/** A cap that may be, from what is typed; null for what is none. */
export function typedEpsilon(text: string): number | null {
  const parsed = capEpsilonSchema.safeParse(text.trim() === '' ? Number.NaN : Number(text));
  return parsed.success ? parsed.data : null;
}

/** The checks of a cap and of a reason, in the reader's words. */
export function useFieldSchemas() {
  const t = useTranslations('decisions.fields');
  return {
    epsilon: z
      .string()
      .refine(
        (text) => typedEpsilon(text) !== null,
        t('epsilonFault', { min: String(MIN_EPSILON), max: MAX_EPSILON }),
      )
      .transform(Number),
    reason: plainLines({ min: MIN_REASON, max: MAX_REASON, fault: t('reasonFault', { min: MIN_REASON }) }),
  };
}

type Props<Values extends FieldValues> = {
  form: Pick<UseFormReturn<Values>, 'register' | 'getFieldState' | 'formState'>;
  name: FieldPath<Values>;
  label: string;
  hint?: string;
};

export function EpsilonField<Values extends FieldValues>(props: Props<Values>) {
  return (
    <FormField {...props}>
      {(control) => <Input {...control} inputMode="decimal" autoComplete="off" className="figures w-28" />}
    </FormField>
  );
}

export function ReasonField<Values extends FieldValues>(props: Props<Values>) {
  return (
    <FormField {...props}>{(control) => <Textarea {...control} maxLength={MAX_REASON + 1} />}</FormField>
  );
}
