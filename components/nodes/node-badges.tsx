import {
  BadgeCheck,
  Ban,
  CircleCheck,
  CirclePause,
  CircleSlash,
  Clock,
  Hourglass,
  type LucideIcon,
  MailOpen,
  Plug,
  Unplug,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { NodeRow } from '#lib/nodes/list-nodes';
import { StateBadge, type Tone } from '../ui/state.tsx';

type Look = { tone: Tone; icon: LucideIcon };

const STATES: Record<NodeRow['state'], Look> = {
  invited: { tone: 'info', icon: MailOpen },
  pending: { tone: 'attention', icon: Clock },
  certified: { tone: 'info', icon: BadgeCheck },
  admitted: { tone: 'ok', icon: CircleCheck },
  draining: { tone: 'attention', icon: Hourglass },
  suspended: { tone: 'danger', icon: CirclePause },
  revoked: { tone: 'neutral', icon: Ban },
};

export const LINKS: Record<NodeRow['link'], Look> = {
  connected: { tone: 'ok', icon: Plug },
  silent: { tone: 'attention', icon: Hourglass },
  away: { tone: 'danger', icon: Unplug },
  never: { tone: 'neutral', icon: CircleSlash },
};

/** How far a node has come in joining, or in leaving. */
export function NodeStateBadge({ state }: { state: NodeRow['state'] }) {
  const t = useTranslations('nodes.states');
  return <StateBadge {...STATES[state]}>{t(state)}</StateBadge>;
}

/** Whether it answers now. */
export function NodeLinkBadge({ link }: { link: NodeRow['link'] }) {
  const t = useTranslations('nodes.links');
  return <StateBadge {...LINKS[link]}>{t(link)}</StateBadge>;
}
