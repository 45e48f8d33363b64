import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { LeafTotals } from '../../lib/audit-log/leaf-totals.ts';
import type { Pool } from '../../lib/db/pool.ts';
import { createPrisma } from '../../lib/db/prisma.ts';
import { chargeAbandoned } from '../../lib/ledger/charge-abandoned.ts';
import { findMismatches } from '../../lib/ledger/check-sums.ts';
import { atMost, type Row } from '../lib/result-json.ts';
import { makeLedger } from './bench-database.ts';
import type { Debit, Told, Work } from './debit-worker.ts';

const DEBITS = 6_000;
const RHO = 5n;
/** Fewer than ask: the cap of the account they share is used up on the way. */
const BORNE = 4_000n;
const KILL_AFTER = 1_000;
const CALLERS = 32;

type Said = { reserved: Set<string>; exists: number; refused: number };

/**
 * Two processes debit one account and forty others through ledgers of their own; one is killed (-9) under load and a
 * third takes its keys again, from the first. Then the reaper charges what the dead one left, and all is counted.
 */
export async function survive(url: string): Promise<Row[]> {
  const { pool, accounts } = await makeLedger(url, 40);
  try {
    await pool.query('UPDATE account SET cap_rho_pico = $2 WHERE id = $1', [accounts.hot, BORNE * RHO]);
    const debits = Array.from(
      { length: DEBITS },
      (_, i): Debit => ({
        requestId: randomUUID(),
        accountIds: [accounts.hot, accounts.spread[i % 40]!],
        rhoPico: String(RHO),
        settles: i % 5 !== 0,
      }),
    );
    const said: Said = { reserved: new Set(), exists: 0, refused: 0 };
    const half = debits.length / 2;
    const [killed, steady] = [debits.slice(0, half), debits.slice(half)];
    const first = start(said);
    const second = start(said);
    first.send({ url, replica: 'first', callers: CALLERS, debits: killed } satisfies Work);
    second.send({ url, replica: 'second', callers: CALLERS, debits: steady } satisfies Work);
    const ended = once(second, 'exit');
    await reservedBy(said, KILL_AFTER);
    const died = once(first, 'exit');
    first.kill('SIGKILL');
    await died;
    const third = start(said);
    const done = once(third, 'exit');
    third.send({ url, replica: 'third', callers: CALLERS, debits: killed } satisfies Work);
    for (const [code] of await Promise.all([ended, done])) {
      if (code !== 0) throw new Error('a worker failed');
    }
    await Promise.all(
      ['first', 'second', 'third'].map(async (replica) => {
        while ((await chargeAbandoned(pool, replica)) > 0);
      }),
    );
    return await count(url, pool, said);
  } finally {
    await pool.end();
  }
}

function start(said: Said): ChildProcess {
  const child = fork(join(import.meta.dirname, 'debit-worker.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', ({ requestId, what }: Told) => {
    if (what === 'reserved') said.reserved.add(requestId);
    else if (what !== 'settled') said[what] += 1;
  });
  return child;
}

async function reservedBy(said: Said, debits: number): Promise<void> {
  while (said.reserved.size < debits) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function count(url: string, pool: Pool, said: Said): Promise<Row[]> {
  const prisma = createPrisma(url);
  try {
    const leaves = await new LeafTotals().withWaiting(prisma);
    const all = await prisma.account.findMany();
    const overspent = all.reduce((sum, { capRhoPico, spentRhoPico, reservedRhoPico }) => {
      const over = spentRhoPico + reservedRhoPico - capRhoPico;
      return over > 0n ? sum + over : sum;
    }, 0n);
    const bySum = await findMismatches(pool);
    const byLeaf = all.filter(({ id, spentRhoPico }) => (leaves.get(id) ?? 0n) !== spentRhoPico);
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM request');
    const there = new Set(rows.map((row) => row.id));
    const lost = [...said.reserved].filter((id) => !there.has(id));
    console.log(
      `Two workers and one in place of the killed: ${said.reserved.size} debits told, ${lost.length} of them lost, ` +
        `${said.exists} retries that existed, ${said.refused} refused, ${there.size} requests in the ledger.`,
    );
    if (said.refused === 0 || said.exists === 0)
      throw new Error('nothing was refused, or nothing tried again');
    return [
      atMost(
        {
          id: 'P6.overspend',
          metric: 'pico-rho above a cap, 3 workers, one killed',
          value: Number(overspent),
          unit: 'pico-rho',
        },
        0,
      ),
      atMost(
        {
          id: 'P6.ledgerMismatch',
          metric: 'accounts that are not the sum of their entries or leaves, and debits lost',
          value: bySum.length + byLeaf.length + lost.length,
          unit: 'count',
        },
        0,
      ),
    ];
  } finally {
    await prisma.$disconnect();
  }
}
