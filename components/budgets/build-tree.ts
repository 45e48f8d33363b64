import type { BudgetNode } from '#lib/budgets/budget-tree';

export type TreeRow = { node: BudgetNode; depth: number; children: number; isOpen: boolean };
type Filter = { search: string; nearCap: boolean; closed: ReadonlySet<string> };

/**
 * The rows of a tree in the order they are shown. While it is searched or filtered, what matches is shown with all that
 * stands above it, whatever is closed; else the children of closed rows are left out.
 */
export function treeRows(nodes: readonly BudgetNode[], { search, nearCap, closed }: Filter): TreeRow[] {
  const wanted = search.trim().toLowerCase();
  const narrowed = wanted !== '' || nearCap;
  const ids = new Set(nodes.map((node) => node.id));
  const childrenOf = new Map<string | null, BudgetNode[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && ids.has(node.parentId) ? node.parentId : null;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), node]);
  }
  const matches = (node: BudgetNode) =>
    node.name.toLowerCase().includes(wanted) && (!nearCap || node.nearCap);
  const rowsUnder = (parent: string | null, depth: number): TreeRow[] =>
    (childrenOf.get(parent) ?? []).flatMap((node) => {
      const below = rowsUnder(node.id, depth + 1);
      if (narrowed && below.length === 0 && !matches(node)) return [];
      const children = childrenOf.get(node.id)?.length ?? 0;
      const isOpen = narrowed || !closed.has(node.id);
      return [{ node, depth, children, isOpen }, ...(isOpen ? below : [])];
    });
  return rowsUnder(null, 0);
}
