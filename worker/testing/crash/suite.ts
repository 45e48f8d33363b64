import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, type Pool } from '#lib/db/pool';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import { type CommitCutter, startCommitCutter } from '#lib/ledger/testing/commit-cutter';
import type { Fragile } from '#lib/ledger/testing/fragile-postgres';
import { openAccounts } from '#lib/ledger/testing/made-up-moves';
import { readJournal } from './journal.ts';
import { judge, type Verdict } from './judge.ts';
import { Loader } from './loader.ts';

export type Round = Verdict & {
  fault: string;
  told: number;
  unknown: number;
  charged: number;
  requests: number;
};

/** Accounts of a round are small, so that callers fight for what is left; each round opens its own. */
const ACCOUNTS = 4;
const CAP = 250n;
const CALLERS = 8;
/** Verdicts before a fault, and after it. */
const MOVES = 100;
const CUTS = 6;
const LIMIT_MS = 60_000;

type World = { postgres: Fragile; cutter: CommitCutter; loaders: Loader[] };

const restart = async ({ postgres }: World, killed: () => void) => {
  killed();
  await postgres.restart();
};

/** What goes wrong in a round, in turn. */
const FAULTS: { fault: string; strike: (world: World) => Promise<void> }[] = [
  { fault: 'sockets cut after COMMIT, before its reply', strike: (world) => cut(world, 'reply') },
  {
    fault: 'kill -9 of Postgres',
    strike: (world) => restart(world, () => world.postgres.kill('everything')),
  },
  {
    fault: 'kill -9 of one router',
    strike: async ({ loaders: [first] }) => {
      await first!.kill();
      first!.begin();
    },
  },
  { fault: 'sockets cut with COMMIT on its way', strike: (world) => cut(world, 'at-once') },
  {
    fault: 'kill -9 of Postgres at a COMMIT',
    strike: async (world) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      world.cutter.onNextCommit(() => {
        world.postgres.kill('everything');
        resolve();
      });
      await promise;
      await world.postgres.restart();
    },
  },
  {
    fault: 'kill -9 of both routers',
    strike: async ({ loaders }) => {
      await Promise.all(loaders.map((loader) => loader.kill()));
      for (const loader of loaders) loader.begin();
    },
  },
  { fault: 'sockets cut before COMMIT', strike: (world) => cut(world, 'request') },
  {
    fault: 'kill -9 of the postmaster alone',
    strike: (world) => restart(world, () => world.postgres.kill('postmaster')),
  },
  {
    fault: 'kill -9 of Postgres and of one router',
    strike: async (world) => {
      const [, second] = world.loaders;
      world.postgres.kill('everything');
      await second!.kill();
      await world.postgres.restart();
      second!.begin();
    },
  },
  {
    fault: 'sockets cut after COMMIT, and kill -9 of both routers',
    strike: async (world) => {
      await cut(world, 'reply');
      await Promise.all(world.loaders.map((loader) => loader.kill()));
      for (const loader of world.loaders) loader.begin();
    },
  },
];

export type Crashes = {
  postgres: Fragile;
  /** For the journals. */
  folder: string;
  /** The ledgers of testing/ledgers.ts by name, one a router. */
  ledgers: readonly [string, string];
  /** Those faults only whose name begins so. */
  only?: string;
  /** Asked before each round. */
  goesOn: (rounds: number) => boolean;
  onRound: (round: Round, number: number) => void;
};

/**
 * Two routers debit one Postgres while it, they and the lines between them are killed and cut; after each round, and once
 * more when all is over, what callers were told is held against what the database holds.
 */
export async function runCrashes(crashes: Crashes): Promise<Round[]> {
  const { postgres, folder, ledgers, only = '', goesOn, onRound } = crashes;
  const faults = FAULTS.filter(({ fault }) => fault.startsWith(only));
  const cutter = await startCommitCutter(postgres.databaseUrl);
  const databaseUrl = cutter.url;
  const run = mkdtempSync(join(folder, 'journals-'));
  const loaders = ledgers.map((ledger, i) => {
    const journal = join(run, `router-${i}.ndjson`);
    return new Loader({ databaseUrl, replica: `router-${i}`, ledger, journal, callers: CALLERS });
  });
  const world = { postgres, cutter, loaders };
  const rounds: Round[] = [];
  const close = (round: Round) => {
    rounds.push(round);
    onRound(round, rounds.length);
  };
  try {
    for (const loader of loaders) loader.begin();
    while (goesOn(rounds.length)) close(await playRound(world, faults[rounds.length % faults.length]!));
    await Promise.all(loaders.map((loader) => loader.kill()));
    close(await lastRound(world));
  } finally {
    await Promise.all(loaders.map((loader) => loader.kill()));
    await cutter.close();
  }
  return rounds;
}

async function playRound(world: World, { fault, strike }: (typeof FAULTS)[number]): Promise<Round> {
  const before = counted(world);
  const accountIds = await withPool(world, (pool) => openAccounts(pool, Array(ACCOUNTS).fill(CAP)));
  for (const loader of world.loaders) loader.order({ accountIds });
  await moves(world, MOVES);
  await strike(world);
  await moves(world, MOVES);
  return { fault, ...since(before, counted(world)), ...(await verdict(world, false)) };
}

/** The routers come back for the last time, charge what they left behind, and nothing may stand reserved. */
async function lastRound(world: World): Promise<Round> {
  const before = counted(world);
  await withPool(world, async (pool) => {
    for (const { replica } of world.loaders) await chargeAbandoned(pool, replica);
  });
  return {
    fault: 'the end: what is left is charged',
    ...since(before, counted(world)),
    ...(await verdict(world, true)),
  };
}

async function cut(world: World, how: 'reply' | 'request' | 'at-once'): Promise<void> {
  const before = world.cutter.cuts();
  world.cutter.cutNext(how, CUTS);
  await until(world, () => world.cutter.cuts() >= before + CUTS);
}

function moves(world: World, count: number): Promise<void> {
  const from = world.loaders.map((loader) => loader.report.told);
  // Of each router: one that does not come back is a fault too.
  return until(world, () => world.loaders.every((loader, i) => loader.report.told >= from[i]! + count / 2));
}

async function until(world: World, holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + LIMIT_MS; !holds(); await sleep(20)) {
    for (const loader of world.loaders) loader.assertAlive();
    if (Date.now() > deadline) throw new Error(`the load stood still for ${LIMIT_MS / 1000} s`);
  }
}

type Counted = { told: number; unknown: number };

function counted({ loaders }: World): Counted {
  const sum = (read: (report: Counted) => number) =>
    loaders.reduce((total, loader) => total + read(loader.report), 0);
  return { told: sum(({ told }) => told), unknown: sum(({ unknown }) => unknown) };
}

const since = (before: Counted, after: Counted): Counted => ({
  told: after.told - before.told,
  unknown: after.unknown - before.unknown,
});

async function verdict(world: World, over: boolean) {
  const readAll = () => world.loaders.flatMap(({ journal }) => readJournal(journal));
  return withPool(world, async (pool) => {
    const judged = await judge(pool, readAll, over);
    const { rows } = await pool.query<{ charged: number; requests: number }>(
      'SELECT coalesce(sum(charged_rho_pico), 0)::int AS charged, count(*)::int AS requests FROM request',
    );
    return { ...judged, ...rows[0]! };
  });
}

async function withPool<T>({ postgres }: World, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool(postgres.databaseUrl, 2);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** One line for people. */
export function lineOf(
  { fault, told, unknown, charged, requests, lost, wrong, faults }: Round,
  number: number,
): string {
  return (
    `Round ${number}: ${fault}. ${told} verdicts, ${unknown} moves without one; ${requests} requests stand, ` +
    `${charged} charged. ${lost.length} lost, ${wrong.length} charged wrongly, ${faults.length} faults of the ledger`
  );
}
