import type { Onboarding } from '#lib/nodes/onboarding/get-onboarding';

export const NODE_ACTIONS = ['drain', 'suspend', 'rekey', 'withdraw', 'revoke'] as const;
export type NodeAction = (typeof NODE_ACTIONS)[number];

type Node = Pick<Onboarding, 'state' | 'next' | 'may'>;

/** Before it is certified an invite is withdrawn; afterwards the node is revoked. Nothing is done to a revoked node. */
export function actionsOf({ state, next, may }: Node): NodeAction[] {
  const offered = state === 'invited' || state === 'pending';
  const connects = state === 'certified' || state === 'admitted' || state === 'draining';
  const can: Record<NodeAction, boolean> = {
    drain: may.change && next.includes('draining'),
    suspend: may.change && next.includes('suspended'),
    rekey: may.change && connects,
    withdraw: may.invite && offered,
    revoke: may.change && !offered && next.includes('revoked'),
  };
  return NODE_ACTIONS.filter((action) => can[action]);
}
