import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Time } from '../ui/time.tsx';
import { StandingLead } from './onboarding/standing-lead.tsx';

type Props = { node: NodeDetail; steps: Onboarding['steps'] };

/** The page's answer: at which step a node that is not in yet stands, and else whether it answers. */
export function NodeLead({ node, steps }: Props) {
  const t = useTranslations('nodes.detail');
  const { state, link, lastHeardAt } = node;
  if (state === 'revoked') return <p className="text-lg">{t('leads.revoked')}</p>;
  if (state === 'invited' || state === 'pending' || state === 'certified')
    return <StandingLead steps={steps} />;
  return (
    <p className="text-lg">
      {lastHeardAt
        ? t.rich(`leads.${link}`, { at: () => <Time short at={lastHeardAt} /> })
        : t('leads.never')}
    </p>
  );
}
