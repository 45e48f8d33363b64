import type { PrincipalActor } from '#lib/actor';
import { type Action, type ResourceKind, scopeOf } from '#lib/identity/permissions';

/** Who may see the thing that was changed may see why. By the beginning of the leaf's type. */
const READS: Record<string, [Action, ResourceKind]> = {
  member: ['member.read', 'member'],
  second_factor: ['member.read', 'member'],
  api_key: ['api_key.read', 'api_key'],
  purpose: ['settings.read', 'settings'],
  node: ['node.read', 'node'],
  budget: ['account.read', 'dataset_account'],
};

/** Whether this person may read the reasons that their own organisation's people gave for changes of this type. */
export function mayReadReason(actor: Pick<PrincipalActor, 'role'>, type: string): boolean {
  const [action, kind] = READS[type.split('.')[0] ?? ''] ?? ['audit.read', 'audit_row'];
  return scopeOf(actor, action, kind) === 'organisation';
}
