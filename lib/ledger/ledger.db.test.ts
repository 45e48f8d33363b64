import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction, UnknownCommitError } from '#lib/db/transaction';
import { ConflictError, ExhaustedError } from '#lib/errors';
import { adjustAllIn } from './adjust.ts';
import { chargeAbandoned } from './charge-abandoned.ts';
import { findMismatches } from './check-sums.ts';
import { release, releaseIn } from './release.ts';
import { type Reservation, reserve, reserveIn } from './reserve.ts';
import { settle, settleIn } from './settle.ts';
import { madeUpReservation, madeUpSettlement, openAccounts } from './testing/made-up-moves.ts';

const CAP = 8n;
let db: TestDatabase;
let accountIds: string[];
/** A router of its own per test, so that a sweep finds nothing of another's. */
let replica: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());
beforeEach(async () => {
  replica = randomUUID();
  accountIds = await openAccounts(db.pool, [CAP, CAP, CAP]);
});

const reservation = (change: Partial<Reservation> = {}) =>
  madeUpReservation({ accountIds, replica, ...change });
const settlement = madeUpSettlement;
async function balance(): Promise<{ spent: bigint; reserved: bigint }[]> {
  expect(await findMismatches(db.pool)).toEqual([]);
  const { rows } = await db.pool.query<{ spent: bigint; reserved: bigint }>(
    'SELECT spent_rho_pico AS spent, reserved_rho_pico AS reserved FROM account WHERE id = ANY($1) ORDER BY id',
    [accountIds],
  );
  return rows;
}
const everyAccount = (spent: bigint, reserved: bigint) => accountIds.map(() => ({ spent, reserved }));

test('reserve, settle: the same full rho on every account', async () => {
  const asked = reservation({ rhoPico: 3n });
  expect(await reserve(db.pool, asked)).toBe('reserved');
  expect(await balance()).toEqual(everyAccount(0n, 3n));
  await settle(db.pool, settlement(asked.requestId));
  expect(await balance()).toEqual(everyAccount(3n, 0n));
});

test('a smaller charge releases the rest, in one settlement', async () => {
  const asked = reservation({ rhoPico: 5n });
  await reserve(db.pool, asked);
  const { closings } = await settle(db.pool, settlement(asked.requestId, { chargeRhoPico: 2n }));
  expect(await balance()).toEqual(everyAccount(2n, 0n));
  expect(closings.map((closing) => closing.remainingRhoPico)).toEqual([6n, 6n, 6n]);
});

test('one account that cannot bear it refuses all, and the key stays free', async () => {
  const first = reservation({ rhoPico: 6n, accountIds: accountIds.slice(0, 1) });
  await reserve(db.pool, first);
  const asked = reservation({ rhoPico: 3n });
  await expect(reserve(db.pool, asked)).rejects.toThrow(ExhaustedError);
  expect((await balance()).map((account) => account.reserved).sort()).toEqual([0n, 0n, 6n]);
  await release(db.pool, first.requestId, 'x', 'x');
  expect(await reserve(db.pool, asked)).toBe('reserved');
});

test('a frozen account refuses', async () => {
  await db.pool.query(`UPDATE account SET state = 'frozen' WHERE id = $1`, [accountIds[0]]);
  await expect(reserve(db.pool, reservation())).rejects.toThrow(/is frozen/);
});

test('the same id again changes nothing', async () => {
  const asked = reservation();
  expect(await reserve(db.pool, asked)).toBe('reserved');
  expect(await reserve(db.pool, asked)).toBe('exists');
  expect(await balance()).toEqual(everyAccount(0n, 1n));
});

test('a reservation is closed once: settle after settle, release or reaper is a conflict', async () => {
  const asked = reservation();
  await reserve(db.pool, asked);
  await settle(db.pool, settlement(asked.requestId));
  await expect(settle(db.pool, settlement(asked.requestId))).rejects.toThrow(ConflictError);
  await release(db.pool, asked.requestId, 'x', 'x');
  expect(await chargeAbandoned(db.pool, replica)).toBe(0);
  expect(await balance()).toEqual(everyAccount(1n, 0n));
});

test('what outlives its time, or its process, is charged and never refunded', async () => {
  const late = reservation({ reservedForMs: -1_000 });
  const left = reservation({ replica: 'gone' });
  const alive = reservation();
  for (const each of [late, left, alive]) await reserve(db.pool, each);
  expect(await chargeAbandoned(db.pool, null)).toBe(1);
  expect(await chargeAbandoned(db.pool, 'gone')).toBe(1);
  expect(await balance()).toEqual(everyAccount(2n, 1n));
  await release(db.pool, alive.requestId, 'x', 'x');
});

test('many moves commit together, each at the time it is given', async () => {
  const asked = [reservation(), reservation({ rhoPico: 2n }), reservation()];
  const at = (i: number) => new Date(Date.UTC(2026, 0, 1, 12, i));
  await transaction(db.pool, async (client) => {
    for (const [i, each] of asked.entries()) expect(await reserveIn(client, each, at(i))).toBe('reserved');
    await settleIn(client, settlement(asked[0]!.requestId), at(10));
    await settleIn(client, settlement(asked[1]!.requestId, { chargeRhoPico: 1n }), at(11));
    await releaseIn(client, asked[2]!.requestId, 'x', 'x', at(12));
  });
  expect(await balance()).toEqual(everyAccount(2n, 0n));
  const ids = asked.map((each) => each.requestId);
  const requests = await db.pool.query(
    `SELECT created_at, settled_at, reserved_until FROM request WHERE id = ANY($1) ORDER BY created_at`,
    [ids],
  );
  expect(requests.rows).toEqual(
    [0, 1, 2].map((i) => ({
      created_at: at(i),
      settled_at: at(10 + i),
      reserved_until: new Date(at(i).getTime() + asked[i]!.reservedForMs),
    })),
  );
  const moments = [0, 1, 2, 10, 11, 12].map(at);
  const entries = await db.pool.query(
    'SELECT DISTINCT created_at FROM ledger_entry WHERE request_id = ANY($1) ORDER BY created_at',
    [ids],
  );
  expect(entries.rows.map((row) => row.created_at)).toEqual(moments);
  const leaves = await db.pool.query<{ created_at: Date; entry: Buffer }>(
    'SELECT created_at, entry FROM audit_leaf WHERE subject_id = ANY($1) ORDER BY created_at',
    [ids],
  );
  expect(leaves.rows.map((row) => row.created_at)).toEqual(moments);
  expect(leaves.rows.map((row) => new Date(JSON.parse(row.entry.toString()).atMs))).toEqual(moments);
});

test('the public leaves do not tell how long an answer took: their times are in whole seconds', async () => {
  const asked = [reservation(), reservation()];
  const [answered, given] = asked.map((each) => each.requestId) as [string, string];
  for (const each of asked) await reserve(db.pool, each);
  await settle(db.pool, settlement(answered));
  await release(db.pool, given, 'x', 'x');
  await transaction(db.pool, async (client) => {
    const at = new Date('2026-01-01T12:00:00.999Z');
    const accounts = [{ accountId: accountIds[0]!, rhoPico: 1n }];
    await adjustAllIn(client, [{ requestId: given, accounts, cause: 'receipts' }], at);
  });
  const { rows } = await db.pool.query<{ type: string; entry: Buffer }>(
    'SELECT type, entry FROM audit_leaf WHERE subject_id = ANY($1)',
    [[answered, given]],
  );
  const types = ['ledger.adjust', 'ledger.release', 'ledger.reserve', 'ledger.reserve', 'ledger.settle'];
  expect(rows.map(({ type }) => type).toSorted()).toEqual(types);
  expect(rows.map(({ entry }) => JSON.parse(entry.toString()).atMs % 1000)).toEqual(rows.map(() => 0));
});

test('forty at once against a cap of eight: eight are admitted, whatever order they lock in', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      reserve(db.pool, reservation({ accountIds: i % 2 ? accountIds : [...accountIds].reverse() })),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(Number(CAP));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(reasons.every((reason) => reason instanceof ExhaustedError)).toBe(true);
  expect(await balance()).toEqual(everyAccount(0n, CAP));
});

describe('the table refuses by itself', () => {
  const set = (change: string) =>
    db.pool.query(`UPDATE account SET ${change} WHERE id = $1`, [accountIds[0]]);

  test.each([
    'spent_rho_pico = 9',
    'reserved_rho_pico = 9',
    'spent_rho_pico = 5, reserved_rho_pico = 4',
    'spent_rho_pico = -1',
    'reserved_rho_pico = -1',
  ])('%s', async (change) => {
    await expect(set(change)).rejects.toThrow(/account_within_cap/);
  });

  test('a cap lowered below what is spent', async () => {
    const asked = reservation({ rhoPico: 5n });
    await reserve(db.pool, asked);
    await expect(set('cap_rho_pico = 4')).rejects.toThrow(/account_within_cap/);
  });
});

describe('a transaction', () => {
  test('whose COMMIT comes with a notice is of unknown outcome', async () => {
    // A deferred trigger speaks at COMMIT, as a cancelled wait for a standby does.
    await db.pool.query(`CREATE TABLE noisy (id int);
      CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER speak AFTER INSERT ON noisy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION speak()`);
    await expect(
      transaction(db.pool, (client) => client.query('INSERT INTO noisy VALUES (1)')),
    ).rejects.toThrow(UnknownCommitError);
  });

  test('whose connection is cut at COMMIT is of unknown outcome', async () => {
    const cut = transaction(db.pool, async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      const query = client.query.bind(client);
      client.query = ((text: string, ...rest: unknown[]) =>
        text === 'COMMIT'
          ? db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]).then(() => query(text))
          : (query as (...all: unknown[]) => unknown)(text, ...rest)) as typeof client.query;
    });
    await expect(cut).rejects.toThrow(UnknownCommitError);
    await db.pool.query('SELECT 1');
  });

  test('that deadlocks is tried again', async () => {
    let attempts = 0;
    const result = await transaction(db.pool, async () => {
      attempts++;
      if (attempts < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      return attempts;
    });
    expect(result).toBe(3);
  });
});
