'use client';

import { useTranslations } from 'next-intl';
import { problemOf } from '../console-api.ts';
import { FormProblem } from '../ui/form/form-problem.tsx';
import { Notice } from '../ui/state.tsx';

const CLOSED = {
  invitation_expired: 'expired',
  invitation_withdrawn: 'withdrawn',
  invitation_used: 'used',
  invitation_closed: 'withdrawn',
  not_found: 'unknown',
} as const;

/** Why an account was not made, to somebody who was never here before. */
export function JoinProblem({ problem }: { problem: unknown }) {
  const t = useTranslations('join');
  if (problem === null) return null;
  const { code } = problemOf(problem);
  if (code === 'email_taken') {
    return (
      <Notice live tone="danger" title={t('taken.title')}>
        {t('taken.text')}
      </Notice>
    );
  }
  if (code in CLOSED) {
    const state = CLOSED[code as keyof typeof CLOSED];
    return (
      <Notice live tone="danger" title={t(`closed.${state}.title`)}>
        {t(`closed.${state}.text`)}
      </Notice>
    );
  }
  return <FormProblem problem={problem} />;
}
