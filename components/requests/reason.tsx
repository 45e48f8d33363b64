import { useTranslations } from 'next-intl';
import type { RequestOutcome } from '#lib/requests/request-outcome';

/** Why there is no answer, in our words: the router's own are for those who call its API. */
export function Reason({ code, outcome }: { code: string; outcome: RequestOutcome }) {
  const t = useTranslations('request.errors');
  // The router's one code for two things: a round that broke, and one that never began.
  const key = code === 'round_failed' && outcome === 'failed_free' ? 'round_not_started' : code;
  return (
    <>
      {t(t.has(key as 'other') ? (key as 'other') : 'other')}
      <code className="block font-mono text-muted text-xs">{code}</code>
    </>
  );
}
