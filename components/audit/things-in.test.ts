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

it('finds the reason that was given', () => {
  expect(reasonOf(JSON.stringify({ reasonId: id(5) }))).toBe(id(5));
  expect(reasonOf(entry)).toBeNull();
});

it.each(['', 'null', '[]', '{"type":5}', '{"type":"of.tomorrow"}'])(
  'takes %s for no event it knows',
  (text) => {
    expect(readLeaf(text)).toBeNull();
    expect(thingsIn(text, {}).named).toEqual([]);
  },
);
