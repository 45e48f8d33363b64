'use client';

import { Dialog } from '@base-ui/react/dialog';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { z } from 'zod';
import { Button, buttonStyles } from './button.tsx';
import type { Confirmation } from './confirm-dialog.tsx';
import { Input, Textarea } from './field.tsx';
import { FormField } from './form/form-field.tsx';
import { FormProblem } from './form/form-problem.tsx';
import { useZodForm } from './form/use-zod-form.ts';

const MAX_REASON = 1000;
const MIN_REASON = 10;

/** The part of a decision that is written and sent. */
export function ConfirmForm({
  action,
  tone = 'danger',
  reason = null,
  typed = null,
  onConfirm,
  onDone,
}: Confirmation & { onDone: () => void }) {
  const t = useTranslations('form');
  const [problem, setProblem] = useState<unknown>(null);
  const min = reason?.minLength ?? MIN_REASON;
  const written = z
    .string()
    .trim()
    .min(min, t('reasonShort', { min }))
    .max(MAX_REASON, t('reasonLong', { max: MAX_REASON }));
  const same = z
    .string()
    .refine((text) => typed === null || text.trim() === typed.expected, t('typedDiffers'));
  const form = useZodForm(z.object({ reason: reason ? written : z.string(), typed: same }), {
    reason: '',
    typed: '',
  });
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    setProblem(null);
    try {
      await onConfirm(values.reason);
      onDone();
    } catch (error) {
      setProblem(error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {reason ? (
        <FormField
          form={form}
          name="reason"
          label={reason.label ?? t('reason')}
          hint={reason.hint ?? t('reasonHint')}
        >
          {(control) => <Textarea {...control} maxLength={MAX_REASON + 1} />}
        </FormField>
      ) : null}
      {typed ? (
        <FormField form={form} name="typed" label={typed.label}>
          {(control) => <Input {...control} autoComplete="off" spellCheck={false} />}
        </FormField>
      ) : null}
      <FormProblem problem={problem} />
      <div className="flex flex-wrap justify-end gap-2">
        <Dialog.Close className={buttonStyles()}>{t('cancel')}</Dialog.Close>
        <Button type="submit" variant={tone} disabled={isSubmitting} aria-busy={isSubmitting}>
          {isSubmitting ? t('working') : action}
        </Button>
      </div>
    </form>
  );
}
