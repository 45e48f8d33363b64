import { UnknownCommitError } from '#lib/db/transaction';
import { openGroupLedger } from '../group-commit/group-ledger.ts';
import { perRequestLedger } from '../ledger.ts';
import type { Subject } from './subject.ts';

/** Every ledger there is: what holds for one has to hold for all, and for two of them on one database. */
export const LEDGERS: Subject[] = [
  { name: 'one transaction a move', sharesCommits: false, open: perRequestLedger },
  { name: 'moves in groups', sharesCommits: true, open: (pool) => openGroupLedger(pool) },
];

/** Takes a line that broke at COMMIT for a commit: what the crash suite has to find out. */
const CREDULOUS: Subject = {
  name: 'credulous',
  sharesCommits: false,
  open: (pool) => {
    const honest = perRequestLedger(pool);
    return {
      ...honest,
      reserve: (reservation) =>
        honest.reserve(reservation).catch((error: unknown) => {
          if (error instanceof UnknownCommitError) return 'reserved';
          throw error;
        }),
    };
  },
};

export function ledgerNamed(name: string): Subject {
  const found = [...LEDGERS, CREDULOUS].find((subject) => subject.name === name);
  if (!found) throw new Error(`There is no ledger named "${name}".`);
  return found;
}
