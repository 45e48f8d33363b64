'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type messages from '../../lib/i18n/messages/en.json';
import type { Problem } from '../console-api.ts';
import { Button, buttonStyles } from '../ui/button.tsx';
import { Notice } from '../ui/state.tsx';
import { ProblemReference } from './problem-reference.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import type { Unanswered } from './unanswered.ts';

type Code = keyof typeof messages.askErrors.codes;

const CODES: readonly Code[] = [
  'privacy_budget_exhausted',
  'epsilon_not_useful',
  'cohort_too_small',
  'conditions_unmet',
  'round_failed',
  'request_in_progress',
  'idempotency_key_expired',
  'epsilon_above_policy',
  'unknown_purpose',
  'purpose_refused',
  'public_model_unavailable',
  'residency_refused',
  'idempotency_conflict',
  'router_unreachable',
  'stopping',
  'too_many_streams',
  'outcome_unknown',
  'internal_error',
  'forbidden',
];

type Props = {
  error: Unanswered;
  /** Asks with the same key for what may have been paid for already; null where nothing can have been. */
  onFetch: (() => void) | null;
};

/** What happened to a question that was sent, what it was charged, what to do, and by which reference to ask about it. */
export function AskProblem({ error, onFetch }: Props) {
  const t = useTranslations('askErrors');
  const answer = useTranslations('answer');
  const { problem, charge } = error;
  const code = codeOf(problem);
  return (
    <Notice
      live
      tone="danger"
      title={t(`codes.${code}.title`)}
      actions={
        code === 'unauthenticated' ? (
          <SignInAgain />
        ) : problem.requestId ? (
          <Link href={`/requests/${problem.requestId}`} className={buttonStyles({ size: 'sm' })}>
            {answer('open')}
          </Link>
        ) : onFetch ? (
          <Button size="sm" onClick={onFetch}>
            <RotateCw aria-hidden />
            {t('fetch')}
          </Button>
        ) : null
      }
    >
      <p>{t.rich(`charged.${charge}`, { requests: (chunks) => <RequestsLink>{chunks}</RequestsLink> })}</p>
      <p>{t(`codes.${code}.text`)}</p>
      {code === 'privacy_budget_exhausted' ? (
        <p>
          <Link href="/decisions" className="underline underline-offset-4">
            {t('askForMore')}
          </Link>
        </p>
      ) : null}
      {code === 'other' ? <code className="font-mono text-xs">{problem.code}</code> : null}
      <ProblemReference problem={problem} />
    </Notice>
  );
}

function RequestsLink({ children }: { children: ReactNode }) {
  return (
    <Link href="/requests" className="underline underline-offset-4">
      {children}
    </Link>
  );
}

function codeOf(problem: Problem): Code {
  if (problem.status === 401) return 'unauthenticated';
  // The router's one code for two things: a round that broke, and one that never began.
  if (problem.code === 'round_failed' && problem.charged === false) return 'round_not_started';
  return CODES.find((known) => known === problem.code) ?? 'other';
}
