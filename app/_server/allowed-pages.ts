import type { SessionActor } from '#lib/actor';
import { RESOURCE_KINDS, scopeOf } from '#lib/identity/permissions';
import type { NavKey } from '../../components/shell/nav-items.ts';

/** The pages that hold anything for this person, in the order in which they are the better place to start. */
export function allowedPages(actor: SessionActor): NavKey[] {
  const pages: NavKey[] = [];
  if (scopeOf(actor, 'request.ask', 'request')) pages.push('ask');
  if (RESOURCE_KINDS.some((kind) => scopeOf(actor, 'account.read', kind))) pages.push('budgets');
  if (scopeOf(actor, 'request.read', 'request')) pages.push('requests');
  return pages;
}
