import { useTranslations } from 'next-intl';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Notice } from '../../ui/state.tsx';
import { AttemptsList } from './attempts-list.tsx';
import { FirewallNote } from './firewall-note.tsx';
import { RenewInvite } from './renew-invite.tsx';
import { TypeThere } from './type-there.tsx';

type Props = { onboarding: Onboarding; failed: boolean };

/** What the hospital types to enrol, and what it was refused for. */
export function EnrolStep({ onboarding, failed }: Props) {
  const t = useTranslations('onboarding.enrol');
  const { router, invite, attempts, may, nodeId, name } = onboarding;
  const dead = invite?.exhausted ? 'exhausted' : invite?.expired ? 'expired' : 'withdrawn';
  return (
    <>
      {failed ? (
        <Notice
          tone="danger"
          title={t(`dead.${dead}`)}
          actions={may.invite ? <RenewInvite nodeId={nodeId} name={name} /> : null}
        >
          {t(may.invite ? 'deadText' : 'deadTextOthers')}
        </Notice>
      ) : null}
      {!failed && router ? (
        <>
          <TypeThere command={router.command} hint={t('commandHint')} />
          <FirewallNote url={router.url} />
        </>
      ) : null}
      {router ? null : (
        <Notice tone="attention" title={t('noRouter')}>
          {t('noRouterText')}
        </Notice>
      )}
      <AttemptsList attempts={attempts} />
    </>
  );
}
