'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { FormButtons } from '../members/form-buttons.tsx';
import { Input } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';

export type ProofValues = { password: string; code: string | null };
type Props = {
  withCode: boolean;
  /** The verb on the button. */
  submit: string;
  tone?: 'primary' | 'danger';
  /** Sends it. Throw to keep the form, with the words of what was thrown. */
  onProof: (proof: ProofValues) => Promise<void>;
};

/** The password and, for those who have an authenticator app, its code. */
export function ProofForm({ withCode, submit, tone = 'primary', onProof }: Props) {
  const t = useTranslations('proof');
  const schema = z.object({
    password: z.string().min(1, t('passwordFault')),
    code: withCode ? z.string().trim().min(6, t('codeFault')) : z.string(),
  });
  const form = useZodForm(schema, { password: '', code: '' });
  const send = useMutation({
    mutationFn: ({ password, code }: z.output<typeof schema>) =>
      onProof({ password, code: withCode ? code : null }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // Events of what stands in a portal rise through the components around it: this one is not theirs.
        event.stopPropagation();
        return form.handleSubmit((values) => send.mutate(values))(event);
      }}
      className="flex flex-col gap-4"
    >
      <FormField form={form} name="password" label={t('password')}>
        {(control) => <Input {...control} type="password" autoComplete="current-password" />}
      </FormField>
      {withCode ? (
        <FormField form={form} name="code" label={t('code')} hint={t('codeHint')}>
          {(control) => <Input {...control} autoComplete="one-time-code" spellCheck={false} />}
        </FormField>
      ) : null}
      <FormProblem problem={send.error} />
      <FormButtons submit={submit} busy={send.isPending} tone={tone} />
    </form>
  );
}
