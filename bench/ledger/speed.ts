import { createPool, type Pool } from '../../lib/db/pool.ts';
import { LANES, openGroupLedger } from '../../lib/ledger/group-commit/group-ledger.ts';
import { perRequestLedger } from '../../lib/ledger/ledger.ts';
import { batchOf, DEBITS_A_STATEMENT, writeBatch } from './batch-sql.ts';
import type { BenchAccounts } from './bench-database.ts';
import { debitOf } from './debits.ts';
import { measure, type Sample } from './measure.ts';
import { plainDebit } from './plain-debit.ts';

/** Peers that commit each debit alone are faster over these than over one for each of 64 callers. */
export const PEER_CONNECTIONS = 12;
export const MANY = 64;
export const FEW = [1, 2, 4] as const;
export const WAYS = ['plain', 'one', 'group'] as const;
export const PLACES = ['hot', 'spread'] as const;
export type Way = (typeof WAYS)[number];
export type Place = (typeof PLACES)[number];

export const keyOf = (way: Way | 'batch', place: Place, callers: number) => `${way} ${place} ${callers}`;

/** Samples of every way, by keyOf; one of each in every round, so that a busy moment of the machine falls on all. */
export type Speed = Map<string, Sample[]>;

const PAIRS = PLACES.flatMap((place) => WAYS.map((way) => ({ place, way })));
const LEAF_BYTES = 560;
const BATCHES = 40;
const FEW_TURNS = 5;

export async function measureSpeed(
  url: string,
  serverPid: number,
  accounts: BenchAccounts,
  { rounds, sampleMs }: { rounds: number; sampleMs: number },
): Promise<Speed> {
  const pools: Pool[] = [];
  const open = (...how: Parameters<typeof createPool>) => {
    const pool = createPool(...how);
    pools.push(pool);
    return pool;
  };
  const plainPool = open(url, PEER_CONNECTIONS);
  const one = perRequestLedger(open(url, PEER_CONNECTIONS, { writes: 'in_transactions' }));
  const group = openGroupLedger(open(url, LANES, { writes: 'in_transactions' }));
  const batchPool = open(url, 1);
  const debit: Record<Way, (accountId: string) => Promise<unknown>> = {
    plain: (accountId) => plainDebit(plainPool, debitOf([accountId])),
    one: (accountId) => one.reserve(debitOf([accountId])),
    group: (accountId) => group.reserve(debitOf([accountId])),
  };
  let next = 0;
  const account = (place: Place) =>
    place === 'hot' ? accounts.hot : accounts.spread[next++ % accounts.spread.length]!;
  const speed: Speed = new Map();
  let turn = 0;
  const take = async (key: string, sample: () => Promise<Sample>, isCounted: boolean) => {
    const taken = await sample();
    if (isCounted) speed.set(key, [...(speed.get(key) ?? []), taken]);
  };
  // Few callers are measured by how long each waits: many short turns, so that all see the same moods of the machine.
  const few = FEW.map((callers) => ({ callers, durationMs: sampleMs / FEW_TURNS }));
  const turns = [
    { callers: MANY, durationMs: sampleMs },
    ...Array.from({ length: FEW_TURNS }, () => few).flat(),
  ];
  for (let round = 0; round <= rounds; round += 1) {
    // The first round opens connections, makes plans and compiles what is hot.
    const isCounted = round > 0;
    for (const { callers, durationMs } of turns) {
      for (const { place, way } of rotated(PAIRS, turn++)) {
        const sample = () => measure(serverPid, () => debit[way](account(place)), { callers, durationMs });
        await take(keyOf(way, place, callers), sample, isCounted);
      }
    }
    const batches = Array.from({ length: BATCHES }, () => batchOf(accounts.spread, LEAF_BYTES));
    const sample = () =>
      measureAll(serverPid, batches, (values) => writeBatch(batchPool, values), DEBITS_A_STATEMENT);
    await take(keyOf('batch', 'spread', 1), sample, isCounted);
  }
  await group.close();
  await Promise.all(pools.map((pool) => pool.end()));
  return speed;
}

/** Who goes first changes from turn to turn: what a sample leaves behind (dirty pages, a checkpoint) falls on all alike. */
function rotated<T>(all: readonly T[], by: number): T[] {
  const from = by % all.length;
  return [...all.slice(from), ...all.slice(0, from)];
}

/** One after the other, until all are done. */
async function measureAll<T>(
  serverPid: number,
  work: T[],
  run: (one: T) => Promise<void>,
  debitsEach: number,
): Promise<Sample> {
  const left = [...work];
  const isOver = () => left.length === 0;
  return measure(serverPid, () => run(left.pop()!), { callers: 1, debitsEach, isOver });
}
