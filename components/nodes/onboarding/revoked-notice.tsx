import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Notice } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { InviteLink } from './invite-link.tsx';

/** That a node is no more: since when, by whom and why, and what stays of it. */
export function RevokedNotice({ onboarding: { transitions, may } }: { onboarding: Onboarding }) {
  const t = useTranslations('onboarding.revoked');
  const end = transitions.findLast(({ to }) => to === 'revoked');
  return (
    <Notice tone="danger" title={t('title')} actions={may.invite ? <InviteLink /> : null}>
      {end ? (
        <p>
          {t.rich(end.by ? 'by' : 'at', { by: end.by ?? '', at: () => <Time short at={end.at} /> })}
          {end.reason ? <span className="block whitespace-pre-line">{end.reason}</span> : null}
        </p>
      ) : null}
      <p>{t('stays')}</p>
    </Notice>
  );
}
