import type { Pool } from '#lib/db/pool';
import { faultsOf } from '#lib/ledger/testing/faults-of';
import type { Line } from './journal.ts';

export type Verdict = {
  /** Moves that a caller was told of and the database does not hold. */
  lost: string[];
  /** Requests that were refused or given back and carry a charge, or carry another one than they may. */
  wrong: string[];
  /** What is broken in the ledger itself: entries that are there in part, overspending, sums that do not agree. */
  faults: string[];
};

type Row = { state: 'reserved' | 'answered' | 'failed'; charged: number };

/**
 * Holds what callers were told against what the database holds, while the load goes on or after it. What a journal said
 * before the look has to be there; what is there has to have been sent, as a journal says after it.
 * @param over whether everything has been reaped: then nothing may stand reserved.
 */
export async function judge(pool: Pool, readAll: () => Line[], over: boolean): Promise<Verdict> {
  const before = Map.groupBy(readAll(), ({ id }) => id);
  const { rows } = await pool.query<Row & { id: string }>(
    'SELECT id, state::text AS state, charged_rho_pico::int AS charged FROM request',
  );
  const after = Map.groupBy(readAll(), ({ id }) => id);
  const requests = new Map(rows.map((row) => [row.id, row]));
  const lost = [...before].flatMap(([id, told]) => {
    const row = requests.get(id);
    const gone = told.find((line) => !holds(line, row));
    return gone
      ? [`${id}: ${gone.move} ${gone.said}, and there is ${row ? JSON.stringify(row) : 'nothing'}`]
      : [];
  });
  const wrong = [...after].flatMap(([id, told]) => {
    const row = requests.get(id);
    return isAllowed(told, row, over) ? [] : [`${JSON.stringify(row)} after ${JSON.stringify(told)}`];
  });
  const faults = (await faultsOf(pool)).map(({ rule, what }) => `${what} breaks "${rule}"`);
  return { lost, wrong, faults };
}

/** Whether what a caller was told is still so. */
function holds({ move, said, amount, charge }: Line, row: Row | undefined): boolean {
  switch (`${move} ${said}`) {
    case 'reserve reserved':
    case 'reserve exists':
    case 'replay reserved':
      return row !== undefined;
    case 'settle settled':
      return row?.state === 'answered' && row.charged === (charge ?? amount);
    case 'settle closed':
      return row?.state === 'failed';
    // Does nothing where the reaper was faster.
    case 'release released':
      return row?.state === 'failed';
    case 'replay answered':
      return row?.state === 'answered';
    case 'replay failed charged':
      return row?.state === 'failed' && row.charged > 0;
    case 'replay failed free':
      return row?.state === 'failed' && row.charged === 0;
    default:
      return true;
  }
}

/** Whether the request stands as one of the things that were tried would leave it: when in doubt charged, never in between. */
function isAllowed(told: readonly Line[], row: Row | undefined, over: boolean): boolean {
  if (!row) return true;
  const reserves = told.filter(({ move }) => move === 'reserve');
  if (reserves.every(({ said }) => said === 'refused')) return false;
  const amount = told[0]!.amount;
  const closing = told.find(({ move }) => move === 'settle' || move === 'release');
  switch (row.state) {
    case 'reserved':
      return !over;
    case 'answered':
      return closing?.move === 'settle' && row.charged === (closing.charge ?? amount);
    case 'failed':
      return row.charged === amount || (closing?.move === 'release' && row.charged === 0);
  }
}
