/** What a log that does not hold has suffered. One name each, which the verdict says. */
export const ATTACKS = {
  altered_leaf: 'altered entry',
  removed_leaf: 'removed entry',
  reordered_leaves: 'reordered entries',
  rewritten_history: 'rewritten history',
  wrong_tile: 'wrong tile',
  forged_checkpoint: 'forged head',
  removed_head: 'removed head',
  fork: 'fork',
  rolled_back: 'rolled back',
  unwitnessed: 'not witnessed',
  balance_differs: 'balance differs',
  receipts_differ: 'receipts differ',
  split_rounds: 'different rounds shown',
} as const;
export type Attack = keyof typeof ATTACKS;

export type Finding = { attack: Attack; detail: string };
