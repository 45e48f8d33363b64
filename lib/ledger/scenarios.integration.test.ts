import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  type TestContext,
  test,
  vi,
} from 'vitest';
import { accountForPostgres } from '#lib/db/embedded-postgres/run-as';
import { createPool, type Pool } from '#lib/db/pool';
import { makeTestFolder, removeTestFolder } from '#lib/db/testing-leftovers';
import { UnknownCommitError } from '#lib/db/transaction';
import { ConflictError, ExhaustedError } from '#lib/errors';
import { chargeAbandoned } from './charge-abandoned.ts';
import type { Ledger } from './ledger.ts';
import { replay } from './replay.ts';
import { deriveRequestId } from './request-id.ts';
import type { Reservation } from './reserve.ts';
import { type CommitCutter, type Cut, startCommitCutter } from './testing/commit-cutter.ts';
import { faultsOf } from './testing/faults-of.ts';
import { type Fragile, startFragilePostgres } from './testing/fragile-postgres.ts';
import { LEDGERS } from './testing/ledgers.ts';
import { madeUpReservation, madeUpSettlement, openAccounts } from './testing/made-up-moves.ts';
import { forgetStandby, missStandby, waitingForStandby } from './testing/missing-standby.ts';

/*
 * The scenarios that a ledger has to survive, each by its name, on a Postgres that may be killed. Elsewhere: "old primary
 * returns" (standby.integration.test.ts, with a real standby), "crash mid-migration" (lib/db/migrate.integration.test.ts),
 * "restore to yesterday" (worker/cli/restore-to-yesterday.integration.test.ts), "checkpoint signed, database rolled back" (the
 * log's verifier), lines cut at COMMIT under a real router (worker/router/cut-at-commit.integration.test.ts),
 * kill -9 of real routers and nodes (worker/router/failures.integration.test.ts, worker/testing/crash).
 * Not to be played yet, for there is nothing yet that they could break: "duplicate or reordered lease grant" and "region lost
 * holding leases" (budgets are not leased to regions), "restored copy archiving into the live repository" (no backups),
 * "erasure during an in-flight debit" and "KMS down" (no erasure, and keys are files).
 */
const CAP = 8n;
const BODY = Buffer.alloc(32, 1);

let folder: string;
let postgres: Fragile;
/** Never cut. */
let pool: Pool;
let cutter: CommitCutter;
beforeAll(async () => {
  folder = makeTestFolder('postgres');
  postgres = await startFragilePostgres(folder);
  pool = createPool(postgres.databaseUrl);
  cutter = await startCommitCutter(postgres.databaseUrl);
});
afterAll(async () => {
  await pool?.end();
  await cutter?.close();
  await postgres?.stop();
  await removeTestFolder(folder);
});

describe.each(LEDGERS)('$name', (subject) => {
  let accountIds: string[];
  let ledgerPool: Pool;
  let ledger: Ledger;
  beforeEach(async () => {
    accountIds = await openAccounts(pool, [CAP, CAP, CAP]);
    ledgerPool = createPool(cutter.url);
    ledger = subject.open(ledgerPool);
  });
  afterEach(async () => {
    await ledger.close();
    await ledgerPool.end();
    expect(await faultsOf(pool)).toEqual([]);
  });

  const asked = (change: Partial<Reservation> = {}) =>
    madeUpReservation({ accountIds, rhoPico: 2n, bodyHash: BODY, ...change });
  const balance = async () => {
    const { rows } = await pool.query<{ spent: number; reserved: number }>(
      `SELECT DISTINCT spent_rho_pico::int AS spent, reserved_rho_pico::int AS reserved FROM account WHERE id = ANY($1)`,
      [accountIds],
    );
    expect(rows, 'every account stands the same').toHaveLength(1);
    return rows[0]!;
  };
  const expire = (requestId: string, by = '1 second') =>
    pool.query(`UPDATE request SET reserved_until = now() - $2::interval WHERE id = $1`, [requestId, by]);

  describe('socket cut at COMMIT', () => {
    test.each<[Cut, number]>([
      ['reply', 2],
      ['request', 0],
    ])('of a reservation (%s lost): unknown, and a retry finds out', async (cut, reserved) => {
      const reservation = asked();
      cutter.cutNext(cut);
      await expect(ledger.reserve(reservation)).rejects.toThrow(UnknownCommitError);
      expect(await balance()).toEqual({ spent: 0, reserved });
      expect(await ledger.reserve(reservation)).toBe(reserved > 0 ? 'exists' : 'reserved');
      expect(await balance()).toEqual({ spent: 0, reserved: 2 });
    });

    test.each<[Cut, number]>([
      ['reply', 1],
      ['request', 2],
    ])(
      'of a settlement (%s lost): unknown, settled or charged in full, never refunded',
      async (cut, spent) => {
        const reservation = asked();
        const settlement = madeUpSettlement(reservation.requestId, {
          chargeRhoPico: 1n,
          sealReply: () => BODY,
        });
        await ledger.reserve(reservation);
        cutter.cutNext(cut);
        await expect(ledger.settle(settlement)).rejects.toThrow(UnknownCommitError);
        await expire(reservation.requestId);
        await chargeAbandoned(pool, null);
        expect(await balance()).toEqual({ spent, reserved: 0 });
        const told = await replay(pool, reservation.requestId, BODY);
        expect(told).toMatchObject(
          cut === 'reply' ? { state: 'answered' } : { state: 'failed', charged: true },
        );
      },
    );

    test('of a release: unknown, given back or charged in full', async () => {
      for (const cut of ['reply', 'request'] as const) {
        const reservation = asked();
        await ledger.reserve(reservation);
        cutter.cutNext(cut);
        const released = ledger.release(reservation.requestId, 'not_sent', 'Not sent.');
        await expect(released).rejects.toThrow(UnknownCommitError);
        await expire(reservation.requestId);
        await chargeAbandoned(pool, null);
      }
      expect(await balance()).toEqual({ spent: 2, reserved: 0 });
    });
  });

  describe('cancelled synchronous wait', () => {
    afterEach(() => forgetStandby(pool));

    test.each([
      ['cancelled', 'pg_cancel_backend'],
      ['ended with its connection', 'pg_terminate_backend'],
    ])('a COMMIT whose wait is %s is of unknown outcome, and nothing is released', async (_, how) => {
      const reservation = asked();
      await ledger.reserve(reservation);
      await missStandby(pool);
      for (const move of [
        () => ledger.reserve(asked()),
        () => ledger.settle(madeUpSettlement(reservation.requestId, { sealReply: () => BODY })),
      ]) {
        const moved = Promise.allSettled([move()]);
        for (const pid of await waitingForStandby(pool)) await pool.query(`SELECT ${how}($1)`, [pid]);
        expect(await moved).toMatchObject([{ status: 'rejected', reason: expect.any(UnknownCommitError) }]);
        await expect.poll(() => waitingForStandby(pool, 0)).toEqual([]);
      }
      // Both are there, and whoever asked knows neither.
      expect(await balance()).toEqual({ spent: 2, reserved: 2 });
    });
  });

  describe('replay of an unreplicated commit', () => {
    afterEach(() => forgetStandby(pool));

    test('writes, and therefore waits for the standby as the commit should have', async () => {
      const reservation = asked();
      await ledger.reserve(reservation);
      await missStandby(pool);
      const settled = Promise.allSettled([
        ledger.settle(madeUpSettlement(reservation.requestId, { sealReply: () => BODY })),
      ]);
      for (const pid of await waitingForStandby(pool))
        await pool.query('SELECT pg_cancel_backend($1)', [pid]);
      await settled;
      let told = 'nothing yet';
      const retried = replay(ledgerPool, reservation.requestId, BODY).then(({ state }) => {
        told = state;
      });
      // The answer is in the table, and it stays there while no standby has it.
      await waitingForStandby(pool);
      expect(told).toBe('nothing yet');
      await forgetStandby(pool);
      await retried;
      expect(told).toBe('answered');
    });
  });

  describe('kill -9 between commit and receipt', () => {
    test.each(['everything', 'postmaster'] as const)(
      'of Postgres (%s): what is reserved stands, and is charged',
      async (what) => {
        const reservation = asked({ replica: `dies with ${what}` });
        await ledger.reserve(reservation);
        postgres.kill(what);
        await postgres.restart();
        expect(await balance()).toEqual({ spent: 0, reserved: 2 });
        // The router's next life does not know what the nodes let go.
        expect(await chargeAbandoned(pool, reservation.replica)).toBe(1);
        expect(await balance()).toEqual({ spent: 2, reserved: 0 });
        // The receipts come too late: no answer leaves, and nothing moves.
        await expect(ledger.settle(madeUpSettlement(reservation.requestId))).rejects.toThrow(ConflictError);
        expect(await balance()).toEqual({ spent: 2, reserved: 0 });
      },
    );
  });

  describe('clock jumps an hour at expiry', () => {
    afterEach(() => void vi.useRealTimers());
    const HOUR_MS = 3_600_000;

    test.each([HOUR_MS, -HOUR_MS])(
      "this process's clock by %i ms: the database's clock decides alone",
      async (by) => {
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by });
        const reservation = asked({ reservedForMs: 60_000 });
        await ledger.reserve(reservation);
        expect(await chargeAbandoned(pool, null)).toBe(0);
        await expire(reservation.requestId);
        expect(await chargeAbandoned(pool, null)).toBe(1);
        expect(await balance()).toEqual({ spent: 2, reserved: 0 });
      },
    );

    // Its clock cannot be moved here; what it is compared with can.
    test("the database's clock forward: charged early, and the answer that comes then does not leave", async () => {
      const reservation = asked();
      await ledger.reserve(reservation);
      await expire(reservation.requestId, '1 hour');
      expect(await chargeAbandoned(pool, null)).toBe(1);
      await expect(ledger.settle(madeUpSettlement(reservation.requestId))).rejects.toThrow(ConflictError);
      expect(await balance()).toEqual({ spent: 2, reserved: 0 });
    });

    test("the database's clock back: what is reserved counts as long as it stands", async () => {
      const reservation = asked({ rhoPico: CAP });
      await ledger.reserve(reservation);
      await expire(reservation.requestId, '-1 hour');
      expect(await chargeAbandoned(pool, null)).toBe(0);
      await expect(ledger.reserve(asked({ rhoPico: 1n }))).rejects.toThrow(ExhaustedError);
      await ledger.settle(madeUpSettlement(reservation.requestId));
    });
  });

  describe('disk full', () => {
    test('for tables: refused without a trace, and all goes on when there is room', async (context) => {
      const mount = mountTinyDisk(context);
      try {
        await pool.query(`CREATE TABLESPACE tiny LOCATION '${mount}'`);
        await pool.query('ALTER TABLE ledger_entry SET TABLESPACE tiny');
        await pool.query('CREATE TABLE filler (bytes text) TABLESPACE tiny');
        const fill = (bytes: number) =>
          pool.query(
            `INSERT INTO filler SELECT repeat(md5(n::text), 20) FROM generate_series(1, $1::int) n`,
            [bytes / 700],
          );
        for (const bytes of [700_000, 70_000, 7_000, 700])
          for (let full = false; !full; )
            await fill(bytes).catch((error: { code?: string }) => {
              expect(error.code).toBe('53100');
              full = true;
            });
        await pool.query('UPDATE account SET cap_rho_pico = 1000 WHERE id = ANY($1)', [accountIds]);
        // The last page of entries may still have room for a few.
        const outcomes: unknown[] = [];
        while (!outcomes.includes('53100') && outcomes.length < 500)
          outcomes.push(
            await ledger.reserve(asked({ rhoPico: 1n })).catch((error: { code?: string }) => error.code),
          );
        expect(outcomes).toContain('53100');
        const admitted = outcomes.filter((outcome) => outcome === 'reserved').length;
        expect(await balance()).toEqual({ spent: 0, reserved: admitted });
        expect(admitted).toBe(outcomes.length - 1);
        await pool.query('DROP TABLE IF EXISTS filler');
        expect(await ledger.reserve(asked({ rhoPico: 1n }))).toBe('reserved');
      } finally {
        await pool.query('DROP TABLE IF EXISTS filler');
        await pool.query('ALTER TABLE ledger_entry SET TABLESPACE pg_default');
        await pool.query('DROP TABLESPACE IF EXISTS tiny');
        execFileSync('umount', [mount]);
      }
    });

    test('for the log of transactions: Postgres falls and comes back, and the move is of unknown outcome', async (context) => {
      const alone = createPool(postgres.databaseUrl, 1);
      const alonesLedger = subject.open(alone);
      try {
        const { rows } = await alone.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        try {
          // Postgres takes the limit on the size of its files for a full disk.
          execFileSync('prlimit', [`--pid=${rows[0]!.pid}`, '--fsize=0:'], {
            ...accountForPostgres(() => {}),
            stdio: 'pipe',
          });
        } catch {
          context.skip('prlimit cannot limit a process here');
        }
        const reservation = asked();
        const cut = allCut(pool);
        await expect(alonesLedger.reserve(reservation)).rejects.toThrow();
        // The other connections still answer until the postmaster has noticed.
        await cut;
        await vi.waitFor(() => pool.query('SELECT 1'), { timeout: 60_000 });
        expect(['reserved', 'exists']).toContain(await ledger.reserve(reservation));
        expect(await balance()).toEqual({ spent: 0, reserved: 2 });
      } finally {
        await alonesLedger.close();
        await alone.end();
      }
    });
  });

  test('1,000 callers for one unit on a hot account: one gets it', async () => {
    await pool.query('UPDATE account SET cap_rho_pico = 1 WHERE id = ANY($1)', [accountIds]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => ledger.reserve(asked({ rhoPico: 1n }))),
    );
    const admitted = outcomes.filter(({ status }) => status === 'fulfilled');
    const refused = outcomes.filter(
      (outcome) => outcome.status === 'rejected' && outcome.reason instanceof ExhaustedError,
    );
    expect([admitted.length, refused.length]).toEqual([1, 999]);
    expect(await balance()).toEqual({ spent: 0, reserved: 1 });
  });

  test('same key, different body: one is charged, the others are a conflict', async () => {
    const requestId = deriveRequestId(accountIds[0]!, accountIds[1]!, 'key');
    const bodies = Array.from({ length: 20 }, (_, i) => Buffer.alloc(32, 1 + (i % 2)));
    const outcomes = await Promise.all(
      bodies.map((bodyHash) => ledger.reserve(asked({ requestId, bodyHash }))),
    );
    const first = outcomes.indexOf('reserved');
    expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(19);
    expect(await balance()).toEqual({ spent: 0, reserved: 2 });
    for (const bodyHash of bodies) {
      const told = replay(ledgerPool, requestId, bodyHash);
      if (bodyHash.equals(bodies[first]!)) expect(await told).toEqual({ state: 'reserved' });
      else
        await expect(told).rejects.toThrow(
          expect.objectContaining({ status: 409, code: 'idempotency_conflict' }),
        );
    }
  });

  test('cap lowered below spent: denied, never clamped', async () => {
    const [spent, reserved] = [asked({ rhoPico: 3n }), asked({ rhoPico: 2n })];
    for (const each of [spent, reserved]) await ledger.reserve(each);
    await ledger.settle(madeUpSettlement(spent.requestId));
    const lower = (cap: bigint) =>
      pool.query('UPDATE account SET cap_rho_pico = $2 WHERE id = ANY($1)', [accountIds, cap]);
    for (const cap of [4n, 2n, 0n]) await expect(lower(cap)).rejects.toThrow(/account_within_cap/);
    expect(await balance()).toEqual({ spent: 3, reserved: 2 });
    await lower(5n);
    await expect(ledger.reserve(asked({ rhoPico: 1n }))).rejects.toThrow(ExhaustedError);
  });
});

/** Resolves once every connection that a pool has now is gone. */
function allCut(pool: Pool): Promise<void> {
  let left = pool.totalCount;
  return new Promise((resolve) => {
    if (left === 0) return resolve();
    pool.on('remove', function gone() {
      left--;
      if (left > 0) return;
      pool.off('remove', gone);
      resolve();
    });
  });
}

/** A file system of four megabytes that Postgres can write to; the test is skipped where none can be had. */
function mountTinyDisk(context: TestContext): string {
  const account = accountForPostgres(() => {});
  const at = join(folder, 'tiny');
  mkdirSync(at, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'none', at], { stdio: 'pipe' });
  } catch {
    context.skip('a small disk can only be mounted as root, with the right to mount');
  }
  if (account) chownSync(at, account.uid, account.gid);
  return at;
}
