import { type LucideIcon, MessageSquareText, Rows3, ShieldHalf } from 'lucide-react';
import type { ConsolePage } from '#lib/identity/console-pages';

type NavItem = { key: ConsolePage; href: `/${string}`; icon: LucideIcon };

/** The navigation: groups and their pages, in the order they are shown. A page is one entry here. */
export const NAV_GROUPS: { key: 'operate'; items: NavItem[] }[] = [
  {
    key: 'operate',
    items: [
      { key: 'ask', href: '/ask', icon: MessageSquareText },
      { key: 'requests', href: '/requests', icon: Rows3 },
      { key: 'budgets', href: '/budgets', icon: ShieldHalf },
    ],
  },
];
