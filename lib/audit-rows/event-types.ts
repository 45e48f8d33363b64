import type { AuditEvent } from '#lib/audit-log/events';

export type EventType = AuditEvent['type'];

/** Every type of the log's union, as plain data that the browser may have, in the order in which filters offer them. */
export const EVENT_TYPES = [
  'ledger.reserve',
  'ledger.settle',
  'ledger.release',
  'ledger.adjust',
  'ledger.restored',
  'account.open',
  'account.frozen',
  'budget.change_proposed',
  'budget.change_approved',
  'budget.change_dropped',
  'budget.requested',
  'budget.request_closed',
  'member.invited',
  'member.invitation_withdrawn',
  'member.joined',
  'member.changed',
  'session.opened',
  'session.held_back',
  'session.proved',
  'session.closed',
  'session.ended',
  'second_factor.changed',
  'second_factor.held_back',
  'api_key.created',
  'api_key.revoked',
  'purpose.changed',
  'node.invited',
  'node.invite_withdrawn',
  'node.pinned',
  'node.refused_round',
  'node.refused',
  'node.certificate_issued',
  'node.certificates_revoked',
  'node.admission_proposed',
  'node.admission_closed',
  'node.rekey_ordered',
  'node.key_epoch',
  'node.transition',
  'log.witness_refused',
  'alert.raised',
  'alert.cleared',
  'rights.step',
  'request.exported',
  'account.exported',
  'member.exported',
  'audit.exported',
] as const satisfies readonly EventType[];

export function isEventType(type: string): type is EventType {
  return EVENT_TYPES.some((known) => known === type);
}
