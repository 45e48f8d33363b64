/** The states of a node, in the order in which it passes them. */
export const NODE_STATES = [
  'invited',
  'pending',
  'certified',
  'admitted',
  'draining',
  'suspended',
  'revoked',
] as const;
export type NodeState = (typeof NODE_STATES)[number];

/** Where a node may go from each state: the one table. A revoked node never comes back; its hospital is invited anew. */
export const TRANSITIONS: Readonly<Record<NodeState, readonly NodeState[]>> = {
  invited: ['pending', 'revoked'],
  pending: ['certified', 'invited', 'revoked'],
  certified: ['admitted', 'suspended', 'revoked'],
  admitted: ['draining', 'suspended', 'revoked'],
  draining: ['admitted', 'suspended', 'revoked'],
  suspended: ['admitted', 'revoked'],
  revoked: [],
};

export function mayMove(from: NodeState, to: NodeState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** The states from which a node may come to `to`. */
export function statesBefore(to: NodeState): NodeState[] {
  return NODE_STATES.filter((from) => mayMove(from, to));
}

/** States in which the federation knows of a node: admitted once, and not for good gone. */
export const TAKES_PART: readonly NodeState[] = ['admitted', 'draining', 'suspended'];

/** States in which a node's connection is taken. */
export const MAY_CONNECT: readonly NodeState[] = ['certified', 'admitted', 'draining'];
