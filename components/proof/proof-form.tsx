'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { consoleApi } from '../console-api.ts';
import { FormButtons } from '../members/form-buttons.tsx';
import { Input } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';

const reply = z.object({ proved: z.literal(true) });
type Props = { withCode: boolean; onProved: () => void };

/** The password and, for those who have an authenticator app, its code. */
export function ProofForm({ withCode, onProved }: Props) {
  const t = useTranslations('proof');
  const schema = z.object({
    password: z.string().min(1, t('passwordFault')),
    code: withCode ? z.string().trim().min(6, t('codeFault')) : z.string(),
  });
  const form = useZodForm(schema, { password: '', code: '' });
  const prove = useMutation({
    mutationFn: ({ password, code }: z.output<typeof schema>) =>
      consoleApi('/api/console/prove', reply, { body: { password, code: withCode ? code : null } }),
    onSuccess: onProved,
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // Events of what stands in a portal rise through the components around it: this one is not theirs.
        event.stopPropagation();
        return form.handleSubmit((values) => prove.mutate(values))(event);
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
      <FormProblem problem={prove.error} />
      <FormButtons submit={t('submit')} busy={prove.isPending} />
    </form>
  );
}
