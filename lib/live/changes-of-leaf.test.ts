import { expect, it } from 'vitest';
import { changesOfLeaf } from './changes-of-leaf.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const entry = (value: object) => Buffer.from(JSON.stringify({ v: 1, atMs: 1, salt: 's', ...value }));

it.each([
  [
    'ledger.settle',
    {
      requestId: id(1),
      principal: id(9),
      accounts: [{ accountId: id(2), rhoPico: '1' }],
      receipts: [{ nodeId: id(8) }],
    },
    [
      { type: 'request', id: id(1) },
      { type: 'account', id: id(2) },
    ],
  ],
  ['account.open', { accountId: id(2), period: '2026' }, [{ type: 'account', id: id(2) }]],
  ['account.frozen', { accountId: id(2), cause: 'receipts' }, [{ type: 'account', id: id(2) }]],
  ['account.exported', { accountId: id(2), principal: id(9) }, []],
  ['node.pinned', { nodeId: id(3), identityKey: 'ab' }, [{ type: 'node', id: id(3) }]],
  ['member.invited', { invitationId: id(4), replaces: null }, [{ type: 'member', id: id(4) }]],
  ['purpose.changed', { hospitalId: id(5), purpose: 'x' }, [{ type: 'settings', id: id(5) }]],
  ['alert.raised', { alertId: id(6), subject: id(3), code: 'c' }, [{ type: 'alert', id: id(6) }]],
  [
    'budget.change_proposed',
    { by: id(9), changeId: id(6), accountId: null },
    [{ type: 'decision', id: id(6) }],
  ],
  [
    'budget.requested',
    { by: id(9), budgetRequestId: id(7), accountId: id(2) },
    [
      { type: 'account', id: id(2) },
      { type: 'decision', id: id(7) },
    ],
  ],
  ['something.new', { nothing: 'known' }, []],
])('%s', (type, value, changes) => {
  expect(changesOfLeaf(type, entry(value))).toEqual(changes);
});
