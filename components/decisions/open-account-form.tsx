'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { z } from 'zod';
import { consequenceOf } from '#lib/budgets/changes/consequence';
import type { Openable } from '#lib/budgets/changes/openable-holders';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { consoleApi } from '../console-api.ts';
import { FormButtons } from '../members/form-buttons.tsx';
import { useProof } from '../proof/use-proof.tsx';
import { Field } from '../ui/field.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { Select } from '../ui/select.tsx';
import { EpsilonField, ReasonField, typedEpsilon, useFieldSchemas } from './cap-fields.tsx';
import { ConsequenceText } from './consequence-text.tsx';

const reply = z.object({ id: z.uuid() });
const DEFAULT_EPSILON = 10;
type Props = { holders: Openable[]; onDone: (name: string) => void };

const keyOf = ({ holderKind, ownerId, period }: Openable) => `${holderKind}/${ownerId}/${period}`;

/** Whose budget, for which period, with which cap, and what that would promise. */
export function OpenAccountForm({ holders, onDone }: Props) {
  const t = useTranslations('decisions.openAccount');
  const propose = useTranslations('decisions.propose');
  const kinds = useTranslations('accountKinds');
  const [key, setKey] = useState(keyOf(holders[0]!));
  const holder = holders.find((one) => keyOf(one) === key) ?? holders[0]!;
  const schemas = useFieldSchemas();
  const capOf = ({ formerEpsilon }: Openable) =>
    String(Number((formerEpsilon ?? DEFAULT_EPSILON).toPrecision(3)));
  const form = useZodForm(z.object(schemas), { epsilon: capOf(holder), reason: '' });
  const proof = useProof();
  const send = useMutation({
    mutationFn: (values: { epsilon: number; reason: string }) => {
      const { holderKind, ownerId, period } = holder;
      const body = { kind: 'open', holderKind, ownerId, period, ...values };
      return proof.run(() => consoleApi('/api/console/changes', reply, { body }));
    },
    onSuccess: () => onDone(holder.name),
  });
  const epsilon = typedEpsilon(form.watch('epsilon'));
  const { standing } = holder;
  function choose(next: string) {
    setKey(next);
    const chosen = holders.find((one) => keyOf(one) === next);
    if (chosen && !form.formState.dirtyFields.epsilon)
      form.resetField('epsilon', { defaultValue: capOf(chosen) });
  }
  return (
    <>
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => send.mutate(values))}
        className="flex flex-col gap-4"
      >
        <Field id="open-holder" label={t('holder')} hint={t('holderHint')}>
          <Select
            id="open-holder"
            options={holders.map((one) => ({
              value: keyOf(one),
              label: t('option', { name: one.name, period: one.period }),
              hint: kinds(one.holderKind),
            }))}
            value={key}
            onChange={choose}
          />
        </Field>
        <EpsilonField form={form} name="epsilon" label={propose('cap')} hint={propose('capHint')} />
        {epsilon === null ? null : (
          <ConsequenceText
            consequence={consequenceOf(standing, rhoFromEpsilon(epsilon, Number(standing.delta)))}
            holder={{
              kind: holder.holderKind,
              name: holder.name,
              period: holder.period,
              delta: standing.delta,
            }}
            patients={holder.patients}
          />
        )}
        <ReasonField form={form} name="reason" label={propose('reason')} hint={propose('reasonHint')} />
        <FormProblem problem={send.error} />
        <FormButtons submit={propose('submit')} busy={send.isPending} />
      </form>
      {proof.dialog}
    </>
  );
}
