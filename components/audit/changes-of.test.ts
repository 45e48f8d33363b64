import { expect, it } from 'vitest';
import { changesOf } from './changes-of.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const base = { v: 1 as const, atMs: 1 };
const standing = { role: 'clinician' as const, departmentId: id(1), hospitalId: null, active: true };
const account = { capRhoPico: '10', spentRhoPico: '4', delta: '0.00001', state: 'open' as const };

it('says what a member was and is', () => {
  const event = {
    ...base,
    type: 'member.changed' as const,
    by: id(2),
    member: id(3),
    change: 'disabled' as const,
    from: standing,
    to: { ...standing, active: false },
    sessionsEnded: 1,
    keysRevoked: 0,
    invitationsWithdrawn: 0,
    reasonId: id(4),
  };
  expect(changesOf(event)).toEqual([{ field: 'active', before: 'true', after: 'false' }]);
});

it('has no before for an account that was opened', () => {
  const event = {
    ...base,
    type: 'budget.change_approved' as const,
    by: id(1),
    changeId: id(2),
    accountId: id(3),
  };
  const opened = changesOf({ ...event, change: 'open', before: null, after: account });
  expect(opened.map(({ before }) => before)).toEqual([null, null, null, null]);
  const raised = changesOf({
    ...event,
    change: 'cap',
    before: account,
    after: { ...account, capRhoPico: '12' },
  });
  expect(raised).toEqual([{ field: 'capRhoPico', before: '10', after: '12' }]);
});

it('a freeze proposes no other cap, and a sign-in changes nothing', () => {
  const proposal = {
    ...base,
    type: 'budget.change_proposed' as const,
    by: id(1),
    changeId: id(2),
    accountId: id(3),
    holderKind: 'user' as const,
    ownerId: id(4),
    period: '2026',
    delta: '0.00001',
  };
  expect(changesOf({ ...proposal, change: 'freeze', fromRhoPico: '10', toRhoPico: null })).toEqual([]);
  expect(changesOf({ ...base, type: 'session.closed', by: id(1) })).toEqual([]);
});
