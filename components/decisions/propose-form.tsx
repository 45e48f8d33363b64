'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { z } from 'zod';
import { consequenceOf } from '#lib/budgets/changes/consequence';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { consoleApi } from '../console-api.ts';
import { FormButtons } from '../members/form-buttons.tsx';
import { useProof } from '../proof/use-proof.tsx';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { useZodForm } from '../ui/form/use-zod-form.ts';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Notice } from '../ui/state.tsx';
import { EpsilonField, ReasonField, typedEpsilon, useFieldSchemas } from './cap-fields.tsx';
import { ConsequenceText } from './consequence-text.tsx';
import type { Proposable } from './propose-button.tsx';

const reply = z.object({ id: z.uuid() });
type Kind = 'cap' | 'freeze' | 'thaw';
type Props = { account: Proposable; onDone: (id: string) => void };

/** Another cap with what it would mean, or a freeze or its end, and the reason that the second person reads. */
export function ProposeForm({ account, onDone }: Props) {
  const t = useTranslations('decisions.propose');
  const { standing, wanted } = account;
  const [kind, setKind] = useState<Kind>('cap');
  const schemas = useFieldSchemas();
  const form = useZodForm(z.object(schemas), {
    epsilon: String(Number((wanted?.epsilon ?? account.capEpsilon).toPrecision(3))),
    reason: '',
  });
  const proof = useProof();
  const send = useMutation({
    mutationFn: ({ epsilon, reason }: { epsilon: number; reason: string }) => {
      const increaseId = wanted?.increaseId ?? null;
      const body = {
        kind,
        accountId: account.id,
        reason,
        ...(kind === 'cap' ? { epsilon, increaseId } : {}),
      };
      return proof.run(() => consoleApi('/api/console/changes', reply, { body }));
    },
    onSuccess: ({ id }) => onDone(id),
  });
  const epsilon = typedEpsilon(form.watch('epsilon'));
  const consequence =
    epsilon === null ? null : consequenceOf(standing, rhoFromEpsilon(epsilon, Number(standing.delta)));
  const other = account.state === 'frozen' ? 'thaw' : 'freeze';
  return (
    <>
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => send.mutate(values))}
        className="flex flex-col gap-4"
      >
        {wanted ? null : (
          <RadioCards
            label={t('kind')}
            value={kind}
            onChange={setKind}
            options={(['cap', other] as const).map((value) => ({
              value,
              label: t(`kinds.${value}`),
              hint: t(`kindHints.${value}`),
            }))}
          />
        )}
        {kind === 'cap' ? (
          <>
            <EpsilonField form={form} name="epsilon" label={t('cap')} hint={t('capHint')} />
            {consequence === null ? null : (
              <ConsequenceText
                consequence={consequence}
                holder={{ ...account, delta: standing.delta }}
                patients={account.patients}
              />
            )}
          </>
        ) : (
          <Notice tone="attention" title={t(`means.${kind}`)} />
        )}
        <ReasonField form={form} name="reason" label={t('reason')} hint={t('reasonHint')} />
        <FormProblem problem={send.error} />
        <FormButtons
          submit={t('submit')}
          busy={send.isPending}
          blocked={kind === 'cap' && consequence?.belowUsed === true}
        />
      </form>
      {proof.dialog}
    </>
  );
}
