import {
  Braces,
  Gavel,
  KeyRound,
  LayoutDashboard,
  type LucideIcon,
  MessageSquareText,
  Rows3,
  ScrollText,
  Server,
  Settings,
  ShieldHalf,
  ShieldQuestion,
  Users,
} from 'lucide-react';

export type NavKey =
  | 'overview'
  | 'ask'
  | 'requests'
  | 'budgets'
  | 'decisions'
  | 'nodes'
  | 'audit'
  | 'privacy-audit'
  | 'members'
  | 'keys'
  | 'settings'
  | 'api-docs';

export type NavItem = { key: NavKey; href: `/${string}`; icon: LucideIcon };

/**
 * The navigation: groups and their pages, in the order they are shown. A page is one entry here, and is shown to those
 * whom `pagesFor` lets in.
 */
export const NAV_GROUPS: { key: 'operate' | 'assure' | 'manage'; items: NavItem[] }[] = [
  {
    key: 'operate',
    items: [
      { key: 'overview', href: '/overview', icon: LayoutDashboard },
      { key: 'ask', href: '/ask', icon: MessageSquareText },
      { key: 'requests', href: '/requests', icon: Rows3 },
      { key: 'budgets', href: '/budgets', icon: ShieldHalf },
      { key: 'decisions', href: '/decisions', icon: Gavel },
      { key: 'nodes', href: '/nodes', icon: Server },
    ],
  },
  {
    key: 'assure',
    items: [
      { key: 'audit', href: '/audit', icon: ScrollText },
      { key: 'privacy-audit', href: '/privacy-audit', icon: ShieldQuestion },
    ],
  },
  {
    key: 'manage',
    items: [
      { key: 'members', href: '/members', icon: Users },
      { key: 'keys', href: '/keys', icon: KeyRound },
      { key: 'settings', href: '/settings', icon: Settings },
      { key: 'api-docs', href: '/api-docs', icon: Braces },
    ],
  },
];
