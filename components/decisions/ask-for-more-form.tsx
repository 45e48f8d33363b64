'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { z } from 'zod';
import type { AskableAccount } from '#lib/budgets/increases/askable-account';
import { consoleApi } from '../console-api.ts';
import { FormButtons } from '../members/form-buttons.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { Epsilon } from '../ui/quantity.tsx';
import { EpsilonField, ReasonField, useFieldSchemas } from './cap-fields.tsx';

const reply = z.object({ id: z.uuid() });
type Props = { account: NonNullable<AskableAccount>; onDone: () => void };

/** The cap that somebody wishes they had, and what for. */
export function AskForMoreForm({ account, onDone }: Props) {
  const t = useTranslations('decisions.ask');
  const schemas = useFieldSchemas();
  const form = useZodForm(
    z.object({
      ...schemas,
      epsilon: schemas.epsilon.refine((epsilon) => epsilon > account.capEpsilon, t('notMore')),
    }),
    { epsilon: String(Math.ceil(account.capEpsilon * 1.2)), reason: '' },
  );
  const send = useMutation({
    mutationFn: (values: { epsilon: number; reason: string }) =>
      consoleApi('/api/console/increases', reply, { body: { accountId: account.id, ...values } }),
    onSuccess: onDone,
  });
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((values) => send.mutate(values))}
      className="flex flex-col gap-4"
    >
      <p className="figures text-sm">
        {t.rich('now', {
          period: account.period,
          epsilon: () => <Epsilon epsilon={account.capEpsilon} delta={account.delta} />,
        })}
      </p>
      <EpsilonField form={form} name="epsilon" label={t('wanted')} hint={t('wantedHint')} />
      <ReasonField form={form} name="reason" label={t('reason')} hint={t('reasonHint')} />
      <FormProblem problem={send.error} />
      <FormButtons submit={t('submit')} busy={send.isPending} />
    </form>
  );
}
