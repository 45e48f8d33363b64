import { useTranslations } from 'next-intl';
import type { NodeDetail } from '#lib/nodes/get-node';
import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';
import { Time } from '../ui/time.tsx';
import { leadOf } from './lead-of.ts';
import { StandingLead } from './onboarding/standing-lead.tsx';

type Props = { node: NodeDetail; steps: Onboarding['steps'] };

/** The page's answer: at which step a node that is not in yet stands, and else whether it answers. */
export function NodeLead({ node, steps }: Props) {
  const t = useTranslations('nodes.detail');
  const { state, lastHeardAt } = node;
  if (state === 'invited' || state === 'pending' || state === 'certified')
    return <StandingLead steps={steps} />;
  const at = () => (lastHeardAt ? <Time short at={lastHeardAt} /> : null);
  return <p className="text-lg">{t.rich(`leads.${leadOf(node)}`, { at })}</p>;
}
