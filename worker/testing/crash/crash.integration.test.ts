import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '#lib/db/pool';
import { makeTestFolder, removeTestFolder } from '#lib/db/testing-leftovers';
import { type Fragile, startFragilePostgres } from '#lib/ledger/testing/fragile-postgres';
import { LEDGERS } from '#lib/ledger/testing/ledgers';
import { type Crashes, lineOf, runCrashes } from './suite.ts';

const ROUNDS = 10;
/** Two routers that differ where there are two ledgers to choose from. */
const LEDGER_PAIR = [LEDGERS[0]!.name, LEDGERS.at(-1)!.name] as const;

let folder: string;
let postgres: Fragile;
beforeAll(async () => {
  folder = makeTestFolder('postgres');
  postgres = await startFragilePostgres(folder);
});
afterAll(async () => {
  await postgres?.stop();
  await removeTestFolder(folder);
});

const play = (change: Partial<Crashes> & Pick<Crashes, 'goesOn'>) =>
  runCrashes({
    postgres,
    folder,
    ledgers: LEDGER_PAIR,
    onRound: (round, number) => console.log(lineOf(round, number)),
    ...change,
  });

test('ten rounds of kill -9 and of lines cut at COMMIT under two routers: nothing lost, by halves or overspent', async () => {
  const rounds = await play({ goesOn: (played) => played < ROUNDS });
  expect(rounds).toHaveLength(ROUNDS + 1);
  for (const { lost, wrong, faults } of rounds)
    expect({ lost, wrong, faults }).toEqual({ lost: [], wrong: [], faults: [] });
  // A suite whose faults hit nothing proves nothing.
  for (const { told } of rounds.slice(0, -1)) expect(told).toBeGreaterThan(0);
  expect(rounds.filter(({ unknown }) => unknown > 0).length).toBeGreaterThanOrEqual(6);
});

describe('the suite finds out', () => {
  /** Goes on until a round has found something, three at most. */
  const lostUnder = async (change: Partial<Crashes>) => {
    const lost: string[] = [];
    await play({
      ...change,
      goesOn: (played) => played < 3 && lost.length === 0,
      onRound: (round) => lost.push(...round.lost),
    });
    return lost;
  };

  test('a router that takes a line cut at COMMIT for a commit', async () => {
    const ledgers = ['credulous', 'credulous'] as const;
    expect(await lostUnder({ ledgers, only: 'sockets cut before COMMIT' })).not.toEqual([]);
  });

  test('a Postgres that answers COMMIT before it is on the disk', async () => {
    const pool = createPool(postgres.databaseUrl, 1);
    const { pathname } = new URL(postgres.databaseUrl);
    const set = (value: string) =>
      pool.query(`ALTER DATABASE ${pathname.slice(1)} SET synchronous_commit = ${value}`);
    try {
      await set('off');
      expect(await lostUnder({ only: 'kill -9 of Postgres at' })).not.toEqual([]);
    } finally {
      await set('on');
      await pool.end();
    }
  });
});
