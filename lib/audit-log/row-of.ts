import type { AuditEvent } from './events.ts';

/** Something by which it can be found out whose a leaf is to see first. */
export type Concern =
  | { kind: 'person' | 'account' | 'node' | 'hospital' | 'request' | 'alert'; id: string }
  | { kind: 'everybody' };

/** What a leaf says, for lists and their filters. */
export type LeafRow = {
  /** Pseudonym of who did it; null for what the product did by itself. */
  actor: string | null;
  /** What it is about: a request, an account, a change, a member, a node ... */
  subject: string | null;
  /** The accounts that it moves or changes. */
  accounts: string[];
  concerns: Concern[];
};

type Facts = { actor?: string | null; subject?: string | null; accounts?: string[]; concerns?: Concern[] };

/** From the leaf's own text alone. An event of a type that is not known has a row without facts. */
export function rowOf(event: AuditEvent): LeafRow {
  const { actor = null, subject = null, accounts = [], concerns = [] } = factsOf(event) ?? {};
  const people: Concern[] = actor ? [{ kind: 'person', id: actor }] : [];
  const ofAccounts = accounts.map((id): Concern => ({ kind: 'account', id }));
  return {
    actor,
    subject,
    accounts: [...new Set(accounts)],
    concerns: [...people, ...ofAccounts, ...concerns],
  };
}

function factsOf(event: AuditEvent): Facts | undefined {
  switch (event.type) {
    case 'ledger.reserve':
      return { actor: event.principal, ...moves(event) };
    case 'ledger.settle':
    case 'ledger.release':
    case 'ledger.adjust':
      return moves(event);
    case 'ledger.restored':
      return { accounts: event.frozen, concerns: [{ kind: 'everybody' }] };
    case 'account.open':
    case 'account.frozen':
      return { subject: event.accountId, accounts: [event.accountId] };
    case 'budget.change_proposed':
      return { actor: event.by, subject: event.changeId, accounts: given(event.accountId) };
    case 'budget.change_approved':
      return { actor: event.by, subject: event.changeId, accounts: [event.accountId] };
    case 'budget.change_dropped':
      return { actor: event.by, subject: event.changeId };
    case 'budget.requested':
      return { actor: event.by, subject: event.budgetRequestId, accounts: [event.accountId] };
    case 'budget.request_closed':
      return { actor: event.by, subject: event.budgetRequestId };
    case 'account.exported':
      return { actor: event.principal, subject: event.accountId, accounts: [event.accountId] };
    case 'request.exported':
    case 'member.exported':
    case 'audit.exported':
      return { actor: event.principal };
    case 'node.transition':
      return { actor: event.by, ...node(event.nodeId) };
    case 'node.invited':
    case 'node.invite_withdrawn':
    case 'node.admission_proposed':
    case 'node.admission_closed':
    case 'node.rekey_ordered':
      return { actor: event.by, ...node(event.nodeId) };
    case 'node.pinned':
    case 'node.certificate_issued':
    case 'node.certificates_revoked':
    case 'node.key_epoch':
      return node(event.nodeId);
    case 'node.refused_round': {
      const { subject, concerns } = node(event.nodeId);
      return { subject, concerns: [...concerns, { kind: 'request', id: event.requestId }] };
    }
    case 'node.refused':
      return event.nodeId === null ? { concerns: [{ kind: 'everybody' }] } : node(event.nodeId);
    case 'log.witness_refused':
      return { subject: event.nodeId, concerns: [{ kind: 'everybody' }] };
    case 'alert.raised':
      return { subject: event.subject, concerns: [{ kind: 'alert', id: event.alertId }] };
    case 'alert.cleared':
      return { subject: event.alertId, concerns: [{ kind: 'alert', id: event.alertId }] };
    case 'rights.step':
      return { actor: event.by, subject: event.rightsRequestId };
    case 'member.invited':
    case 'member.invitation_withdrawn':
      return { actor: event.by, subject: event.invitationId };
    case 'member.joined':
      return { actor: event.member, subject: event.member };
    case 'member.changed':
    case 'second_factor.changed':
      return { actor: event.by, ...person(event.member) };
    case 'second_factor.held_back':
      return person(event.member);
    case 'session.held_back':
      return { concerns: [{ kind: 'everybody' }] };
    case 'session.opened':
    case 'session.proved':
    case 'session.closed':
    case 'session.ended':
      return { actor: event.by, subject: event.by };
    case 'api_key.created':
      return { actor: event.by, subject: event.apiKeyId };
    case 'api_key.revoked':
      return { actor: event.by, subject: event.apiKeyId, concerns: person(event.member).concerns };
    case 'purpose.changed':
      return {
        actor: event.by,
        subject: event.hospitalId,
        concerns: [{ kind: 'hospital', id: event.hospitalId }],
      };
  }
}

const given = (id: string | null) => (id === null ? [] : [id]);

/** The request's own organisation counts too: a question to the public model moves no account. */
function moves({ requestId, accounts }: { requestId: string; accounts: { accountId: string }[] }) {
  const concerns: Concern[] = [{ kind: 'request', id: requestId }];
  return { subject: requestId, accounts: accounts.map(({ accountId }) => accountId), concerns };
}

function node(nodeId: string) {
  const concerns: Concern[] = [{ kind: 'node', id: nodeId }];
  return { subject: nodeId, concerns };
}

function person(pseudonym: string) {
  const concerns: Concern[] = [{ kind: 'person', id: pseudonym }];
  return { subject: pseudonym, concerns };
}
