/** A router's ledger in a process of its own, to be killed: debits and settles what it is told, and says what is done. */
import { createPool } from '../../lib/db/pool.ts';
import { ConflictError, ExhaustedError } from '../../lib/errors.ts';
import { LANES, openGroupLedger } from '../../lib/ledger/group-commit/group-ledger.ts';
import { debitOf } from './debits.ts';

export type Work = { url: string; replica: string; callers: number; debits: Debit[] };
export type Debit = { requestId: string; accountIds: string[]; rhoPico: string; settles: boolean };
/** Said after the ledger's answer only: what was said must be found in the database. */
export type Told = { requestId: string; what: 'reserved' | 'exists' | 'refused' | 'settled' };

process.once('message', async ({ url, replica, callers, debits }: Work) => {
  const tell = (requestId: string, what: Told['what']) => process.send?.({ requestId, what } satisfies Told);
  const pool = createPool(url, LANES, { writes: 'in_transactions' });
  const ledger = openGroupLedger(pool);
  const left = debits[Symbol.iterator]();
  const call = async () => {
    for (const { requestId, accountIds, rhoPico, settles } of left) {
      try {
        const outcome = await ledger.reserve({
          ...debitOf(accountIds, requestId),
          rhoPico: BigInt(rhoPico),
          replica,
        });
        tell(requestId, outcome);
        if (outcome === 'exists' || !settles) continue;
        await ledger.settle({
          requestId,
          outcome: 'failed',
          code: 'bench',
          message: null,
          chargeRhoPico: null,
          receipts: [],
          stagesMs: {},
          sealReply: null,
        });
        tell(requestId, 'settled');
      } catch (error) {
        if (error instanceof ExhaustedError) tell(requestId, 'refused');
        else if (!(error instanceof ConflictError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  await ledger.close();
  await pool.end();
  process.disconnect();
});
