'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import { consoleApi } from '../../console-api.ts';
import { ReasonField, useFieldSchemas } from '../../decisions/cap-fields.tsx';
import { FormButtons } from '../../members/form-buttons.tsx';
import { FormProblem } from '../../ui/form/form-problem.tsx';
import { FormSelect } from '../../ui/form/form-select.tsx';
import { useZodForm } from '../../ui/form/use-zod-form.ts';
import { INVITE_HOURS } from './invite-hours.ts';
import type { Made } from './made-invite.tsx';

const reply = async () => (await import('#lib/console-api/nodes')).RENEW_INVITE.reply;

/** How long the new code works, and why there is one. */
export function RenewForm({ nodeId, onMade }: { nodeId: string; onMade: (made: Made) => void }) {
  const t = useTranslations('onboarding');
  const { reason } = useFieldSchemas();
  const form = useZodForm(z.object({ hours: z.enum(INVITE_HOURS), reason }), { hours: '72', reason: '' });
  const send = useMutation({
    mutationFn: (values: { hours: string; reason: string }) =>
      consoleApi(`/api/console/nodes/${nodeId}/invite/renew`, reply, {
        body: { expiresInHours: Number(values.hours), reason: values.reason },
      }),
    onSuccess: onMade,
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => send.mutate(values))}
      className="flex flex-col gap-4"
    >
      <FormSelect
        form={form}
        name="hours"
        label={t('form.expires')}
        options={INVITE_HOURS.map((value) => ({ value, label: t('form.hours', { hours: Number(value) }) }))}
      />
      <ReasonField form={form} name="reason" label={t('reason')} hint={t('reasonHint')} />
      <FormProblem problem={send.error} />
      <FormButtons submit={t('renew.submit')} busy={send.isPending} />
    </form>
  );
}
