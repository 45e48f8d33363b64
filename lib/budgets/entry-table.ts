import { tableShape } from '#lib/tables/table-shape';

export const ENTRY_KINDS = ['reserve', 'settle', 'release', 'adjust'] as const;
/** `unknown`: a charge that receipts prove of a request that a restore lost. */
export const ENTRY_MECHANISMS = ['vote', 'consensus', 'short-answer', 'unknown'] as const;

/** What the address of an account's entries may say. Time is their only order: the balance follows from it. */
export const ENTRY_TABLE = tableShape({
  sorts: ['createdAt'],
  defaultSort: '-createdAt',
  filters: { kind: ENTRY_KINDS, mechanism: ENTRY_MECHANISMS },
});
