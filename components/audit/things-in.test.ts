import { expect, it } from 'vitest';
import { readLeaf } from './read-leaf.ts';
import { reasonOf, thingsIn } from './things-in.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const entry = JSON.stringify({
  type: 'ledger.settle',
  requestId: id(1),
  accounts: [{ accountId: id(2) }, { accountId: id(3) }],
  receipts: [{ nodeId: id(4) }],
  salt: id(9),
});

it('names what the reader may see, once each, and counts the rest', () => {
  const names = { [id(2)]: { name: 'Own', href: '/budgets/x' }, [id(4)]: { name: 'Node', href: null } };
  expect(thingsIn(entry, names)).toEqual({
    named: [
      { kind: 'account', id: id(2), name: 'Own', href: '/budgets/x' },
      { kind: 'node', id: id(4), name: 'Node', href: null },
    ],
    withheld: 2,
  });
});

it('reads a holder of budgets as what the entry says it is', () => {
  const proposed = (holderKind: string) => JSON.stringify({ change: 'open', holderKind, ownerId: id(7) });
  const names = { [id(7)]: { name: 'Oncology', href: null } };
  const kinds = ['department', 'user', 'dataset', 'organisation'].map(
    (holderKind) => thingsIn(proposed(holderKind), names).named[0]?.kind,
  );
  expect(kinds).toEqual(['department', 'person', 'dataset', 'organisation']);
  expect(thingsIn(proposed('constructor'), names).named).toEqual([]);
});

it('finds the reason that was given', () => {
  const revoked = JSON.stringify({ reasonId: id(5) });
  const names = { [id(5)]: { name: 'Lost the phone', href: null } };
  expect(reasonOf(revoked, 'api_key.revoked', names)).toEqual({ text: 'Lost the phone' });
  expect(reasonOf(revoked, 'api_key.revoked', {})).toEqual({ text: null });
  expect(reasonOf(entry, 'ledger.settle', names)).toBeNull();
});

it('finds what either person said about a change that needed two', () => {
  const change = JSON.stringify({ changeId: id(6) });
  const reasons = { proposed: 'A new study', decided: 'Agreed with the board' };
  const names = { [id(6)]: { name: 'Ward, 2026', href: null, reasons } };
  const said = (type: string) => reasonOf(change, type, names)?.text;
  expect(said('budget.change_proposed')).toBe('A new study');
  expect(said('budget.change_approved')).toBe('Agreed with the board');
  expect(said('budget.request_closed')).toBeUndefined();
  expect(reasonOf(change, 'budget.change_dropped', {})).toEqual({ text: null });
});

it.each(['', 'null', '[]', '{"type":5}', '{"type":"of.tomorrow"}'])(
  'takes %s for no event it knows',
  (text) => {
    expect(readLeaf(text)).toBeNull();
    expect(thingsIn(text, {}).named).toEqual([]);
  },
);
