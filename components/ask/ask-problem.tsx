'use client';

import { useTranslations } from 'next-intl';
import type messages from '../../lib/i18n/messages/en.json';
import { ApiProblem } from '../console-api.ts';
import { Notice } from '../ui/state.tsx';

type Code = keyof typeof messages.askErrors.codes;

const CODES: readonly Code[] = [
  'privacy_budget_exhausted',
  'epsilon_not_useful',
  'cohort_too_small',
  'round_not_started',
  'round_failed',
  'request_in_progress',
  'idempotency_key_expired',
  'epsilon_above_policy',
  'purpose_refused',
  'public_model_unavailable',
  'residency_refused',
  'idempotency_conflict',
  'router_unreachable',
  'outcome_unknown',
  'unauthenticated',
];

type Props = {
  error: Error;
  title?: string /** A question was sent: say what it was charged. */;
  outcome?: boolean;
};

/** What happened, what was charged, what to do, and by which reference to ask about it. */
export function AskProblem({ error, title, outcome = false }: Props) {
  const t = useTranslations('askErrors');
  const common = useTranslations('common');
  const problem = error instanceof ApiProblem ? error.problem : null;
  const code = codeOf(problem);
  return (
    <Notice live tone="danger" title={title ?? t(`codes.${code}.title`)}>
      {outcome ? <p>{t(`charged.${chargedBy(problem, code)}`)}</p> : null}
      <p>{t(`codes.${code}.text`)}</p>
      {code === 'other' && problem ? <p>{problem.detail}</p> : null}
      {problem?.requestId ? (
        <p className="text-muted text-xs">{common('requestReference', { id: problem.requestId })}</p>
      ) : null}
    </Notice>
  );
}

function codeOf(problem: ApiProblem['problem'] | null): Code {
  // The router's one code for two things: a round that broke, and one that never began.
  if (problem?.code === 'round_failed' && problem.charged === false) return 'round_not_started';
  return CODES.find((known) => known === problem?.code) ?? 'other';
}

/** The router says it where it debits; before a debit its refusals are below 500; anything else is not known. */
function chargedBy(problem: ApiProblem['problem'] | null, code: Code): 'yes' | 'no' | 'unknown' {
  if (problem?.charged !== undefined) return problem.charged ? 'yes' : 'no';
  if (problem === null || code === 'outcome_unknown' || code === 'request_in_progress') return 'unknown';
  return problem.status < 500 || code === 'router_unreachable' || code === 'public_model_unavailable'
    ? 'no'
    : 'unknown';
}
