'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { consoleApi } from '../console-api.ts';
import { CopyText } from '../keys/copy-text.tsx';
import { FormButtons } from '../members/form-buttons.tsx';
import { Input } from '../ui/field.tsx';
import { FormField } from '../ui/form/form-field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';

export type Enrolment = { secret: string; uri: string; qrSvg: string };

const reply = z.object({ recoveryCodes: z.array(z.string()) });
type Props = { enrolment: Enrolment; onConfirmed: (recoveryCodes: string[]) => void };

/** What the app is told, as a picture and as text, and the first code it shows. */
export function EnrolForm({ enrolment, onConfirmed }: Props) {
  const t = useTranslations('settings.security.enrol');
  const schema = z.object({ code: z.string().trim().min(6, t('codeFault')) });
  const form = useZodForm(schema, { code: '' });
  const confirm = useMutation({
    mutationFn: (body: z.output<typeof schema>) =>
      consoleApi('/api/console/second-factor/confirm', reply, { body }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => confirm.mutate(values))}
      className="flex min-w-0 flex-col gap-4"
    >
      {/* White around it in every theme: cameras read dark on light. */}
      <img
        alt={t('qr')}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qrSvg)}`}
        className="size-48 self-center rounded-md border"
      />
      <CopyText
        label={t('secret')}
        hint={t('secretHint')}
        text={enrolment.secret}
        copy={t('copy')}
        copied={t('copied')}
      />
      <FormField form={form} name="code" label={t('code')} hint={t('codeHint')}>
        {(control) => <Input {...control} inputMode="numeric" autoComplete="one-time-code" />}
      </FormField>
      <FormProblem problem={confirm.error} />
      <FormButtons submit={t('submit')} busy={confirm.isPending} />
    </form>
  );
}
