import type { PrincipalActor } from '#lib/actor';
import { type Action, mayEver } from './permissions.ts';

/**
 * The console's pages and the action that opens each: whoever may do it to anything at all has something to see there.
 * In the order in which a page is the better place to start.
 */
export const CONSOLE_PAGES = {
  overview: 'overview.read',
  ask: 'request.ask',
  budgets: 'account.read',
  decisions: 'decision.read',
  nodes: 'node.read',
  requests: 'request.read',
  audit: 'audit.read',
  'privacy-audit': 'privacy_audit.read',
  members: 'member.read',
  keys: 'api_key.read',
  settings: 'settings.read',
  'api-docs': 'settings.read',
} as const satisfies Record<string, Action>;
export type ConsolePage = keyof typeof CONSOLE_PAGES;

export function mayOpen(actor: Pick<PrincipalActor, 'role'>, page: ConsolePage): boolean {
  return mayEver(actor, CONSOLE_PAGES[page]);
}

/** The pages that hold anything for this person, the best to start on first. */
export function pagesFor(actor: Pick<PrincipalActor, 'role'>): ConsolePage[] {
  return (Object.keys(CONSOLE_PAGES) as ConsolePage[]).filter((page) => mayOpen(actor, page));
}
