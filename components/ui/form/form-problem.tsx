'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { problemOf } from '../../console-api.ts';
import { Notice } from '../state.tsx';

/** Why a form that was sent did nothing: the server's words where it gave some, and what to name when asking. */
export function FormProblem({ problem }: { problem: unknown }) {
  const t = useTranslations('form');
  const common = useTranslations('common');
  if (problem === null || problem === undefined) return null;
  const known = problemOf(problem);
  const lost = known.code === 'outcome_unknown';
  return (
    <Notice live tone="danger" title={t(lost ? 'lost' : 'failed')}>
      <p>{lost ? t('lostText') : known.detail}</p>
      {known.code === 'second_factor_missing' ? (
        <p>
          <Link href="/settings#security" className="underline underline-offset-4">
            {t('toSecurity')}
          </Link>
        </p>
      ) : null}
      {known.reference ? (
        <p className="text-muted text-xs">{common('requestReference', { id: known.reference })}</p>
      ) : null}
    </Notice>
  );
}
