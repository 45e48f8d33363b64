import { describe, expect, it } from 'vitest';
import type { BudgetNode } from '#lib/budgets/budget-tree';
import { treeRows } from './build-tree.ts';

const node = (id: string, parentId: string | null, nearCap = false) =>
  ({ id, name: `Name ${id}`, parentId, nearCap }) as BudgetNode;
const nodes = [
  node('organisation', null),
  node('ward', 'organisation'),
  node('office', 'organisation'),
  node('nurse', 'ward', true),
  node('doctor', 'ward'),
  node('stray', 'out of view'),
];
const shown = (part: Partial<Parameters<typeof treeRows>[1]>) =>
  treeRows(nodes, { search: '', nearCap: false, closed: new Set(), ...part }).map(
    ({ node: { id }, depth }) => `${depth} ${id}`,
  );

describe('the rows of the tree', () => {
  it('stand under their parents; one whose parent is out of view stands by itself', () => {
    expect(shown({})).toEqual(['0 organisation', '1 ward', '2 nurse', '2 doctor', '1 office', '0 stray']);
  });

  it('go with their closed parent', () => {
    expect(shown({ closed: new Set(['ward']) })).toEqual(['0 organisation', '1 ward', '1 office', '0 stray']);
  });

  it('come with all above them when they match, closed or not', () => {
    const closed = new Set(['organisation', 'ward']);
    expect(shown({ search: ' NURSE', closed })).toEqual(['0 organisation', '1 ward', '2 nurse']);
    expect(shown({ nearCap: true, closed })).toEqual(['0 organisation', '1 ward', '2 nurse']);
    expect(shown({ search: 'doctor', nearCap: true })).toEqual([]);
  });
});
