'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type messages from '../../lib/i18n/messages/en.json';
import { problemOf } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/state.tsx';
import { ProblemReference } from './problem-reference.tsx';
import { SignInAgain } from './sign-in-again.tsx';

type Reason = keyof typeof messages.lookupErrors.reasons;

const REASONS: readonly Reason[] = [
  'forbidden',
  'epsilon_above_policy',
  'unknown_purpose',
  'purpose_refused',
  'residency_refused',
];

type Props = { error: Error; what: 'price' | 'models'; onRetry: () => void };

/** Something that was to be looked up before a question could be asked: nothing has happened yet, and it can be tried again. */
export function LookupProblem({ error, what, onRetry }: Props) {
  const t = useTranslations('lookupErrors');
  const common = useTranslations('common');
  const problem = problemOf(error);
  const reason = reasonOf(problem);
  return (
    <Notice
      live
      tone="danger"
      title={t(`titles.${what}`)}
      actions={
        <>
          {reason === 'unauthenticated' ? <SignInAgain /> : null}
          <Button size="sm" onClick={onRetry}>
            <RotateCw aria-hidden />
            {common('retry')}
          </Button>
        </>
      }
    >
      <p>
        {t(`reasons.${reason}`)} {t('nothingAsked')}
      </p>
      <ProblemReference problem={problem} />
    </Notice>
  );
}

function reasonOf({ status, code }: { status: number; code: string }): Reason {
  if (status === 401) return 'unauthenticated';
  return REASONS.find((known) => known === code) ?? (status === 0 || status >= 500 ? 'unavailable' : 'other');
}
