import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { StateIcon } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';

/** What the node was refused for, the last first, each with the next thing to try. */
export function AttemptsList({ attempts }: { attempts: Onboarding['attempts'] }) {
  const t = useTranslations('onboarding.attempts');
  if (attempts.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-sm">{t('title')}</p>
      <ul aria-label={t('title')} className="flex flex-col gap-2">
        {attempts.map((attempt, index) => (
          <li key={`${String(attempt.at)} ${index}`} className="flex gap-2 text-sm">
            <StateIcon tone="danger" className="mt-0.5" />
            <AttemptText attempt={attempt} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function AttemptText({ attempt: { code, facts, at } }: { attempt: Onboarding['attempts'][number] }) {
  const t = useTranslations('onboarding.attempts');
  // A node of another version may be refused for what this one has no words for.
  const known = t.has(`codes.${code}.what` as never) ? (code as 'wrong_code') : 'other';
  const seconds = typeof facts.skewMs === 'number' ? Math.round(Math.abs(facts.skewMs) / 1000) : null;
  return (
    <span className="flex min-w-0 flex-col">
      <span>
        {t(`codes.${known}.what`)}
        {seconds === null ? null : ` ${t('skew', { seconds })}`}{' '}
        <span className="text-muted">
          <Time short at={at} />
        </span>
      </span>
      <span className="text-muted">{t(`codes.${known}.next`)}</span>
    </span>
  );
}
