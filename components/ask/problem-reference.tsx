import { useTranslations } from 'next-intl';
import type { Problem } from '../console-api.ts';

/** What to name when asking about a failure: the logs have it under this. */
export function ProblemReference({ problem }: { problem: Problem }) {
  const t = useTranslations('common');
  if (!problem.reference) return null;
  return <p className="text-muted text-xs">{t('requestReference', { id: problem.reference })}</p>;
}
