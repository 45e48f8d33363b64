import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createDatabase } from '#lib/db/create-database';
import { migrate } from '#lib/db/migrate';
import { createPool, type Pool } from '#lib/db/pool';
import { makeTestFolder, removeTestFolder } from '#lib/db/testing-leftovers';
import { UnknownCommitError } from '#lib/db/transaction';
import { freePort } from '#lib/net/free-port';
import { chargeAbandoned } from './charge-abandoned.ts';
import { openGroupLedger } from './group-commit/group-ledger.ts';
import type { Ledger } from './ledger.ts';
import { replay } from './replay.ts';
import {
  copyAsStandby,
  type DebianServer,
  hasDebianPostgres,
  initialise,
  startDebianPostgres,
} from './testing/debian-postgres.ts';
import { faultsOf } from './testing/faults-of.ts';
import { madeUpReservation, madeUpSettlement, openAccounts } from './testing/made-up-moves.ts';
import { waitingForStandby } from './testing/missing-standby.ts';

const STANDBY = 'standby_1';
/** As its operator has it: no COMMIT counts before the standby has written it. */
const SYNCHRONOUS = { synchronous_standby_names: STANDBY };
const BODY = Buffer.alloc(32, 1);

const title = 'a synchronous standby';
const missing = "Debian's Postgres 15 is not installed (as root, npm test installs it)";

describe.skipIf(!hasDebianPostgres())(hasDebianPostgres() ? title : `${title}: ${missing}`, () => {
  let folder: string;
  let primaryPort: number;
  let standbyPort: number;
  let primary: DebianServer;
  let standby: DebianServer;
  let accountIds: string[];
  const opened: { pool: Pool; ledger: Ledger }[] = [];
  /** A router's connections to one of the two. */
  const connect = (server: DebianServer) => {
    const pool = createPool(server.url('fdlr'));
    const router = { pool, ledger: openGroupLedger(pool) };
    opened.push(router);
    return router;
  };
  const asked = () => madeUpReservation({ accountIds, bodyHash: BODY, reservedForMs: 600_000 });

  beforeAll(async () => {
    folder = makeTestFolder('postgres');
    [primaryPort, standbyPort] = [await freePort(), await freePort()];
    await initialise(join(folder, 'primary'));
    primary = await startDebianPostgres(join(folder, 'primary'), primaryPort);
    await createDatabase(primary.url('fdlr'));
    await migrate(primary.url('fdlr'));
    await copyAsStandby(join(folder, 'standby'), primaryPort, STANDBY);
    standby = await startDebianPostgres(join(folder, 'standby'), standbyPort, { hot_standby: 'on' });
    const { pool } = connect(primary);
    accountIds = await openAccounts(pool, [1_000_000n, 1_000_000n]);
    await pool.query(`ALTER SYSTEM SET synchronous_standby_names = '${STANDBY}'`);
    await pool.query('SELECT pg_reload_conf()');
    await vi.waitFor(async () => expect(await syncState(pool)).toBe('sync'), { timeout: 60_000 });
  });
  afterEach(async () => {
    for (const { pool, ledger } of opened.splice(0)) {
      await ledger.close();
      await pool.end();
    }
  });
  afterAll(async () => {
    for (const server of [standby, primary]) await server?.stop();
    if (folder) await removeTestFolder(folder);
  });

  test('that is stopped: a cancelled wait is of unknown outcome, releases nothing, and a replay waits as well', async () => {
    const { pool, ledger } = connect(primary);
    const reservation = asked();
    await ledger.reserve(reservation);
    standby.signal('SIGSTOP');
    try {
      const settled = Promise.allSettled([
        ledger.settle(madeUpSettlement(reservation.requestId, { sealReply: () => BODY })),
      ]);
      for (const pid of await waitingForStandby(pool))
        await pool.query('SELECT pg_cancel_backend($1)', [pid]);
      expect(await settled).toMatchObject([{ status: 'rejected', reason: expect.any(UnknownCommitError) }]);
      const another = Promise.allSettled([ledger.reserve(asked())]);
      await expect.poll(() => waitingForStandby(pool)).toHaveLength(1);
      for (const pid of await waitingForStandby(pool))
        await pool.query('SELECT pg_terminate_backend($1)', [pid]);
      expect(await another).toMatchObject([{ status: 'rejected', reason: expect.any(UnknownCommitError) }]);

      let told = 'nothing yet';
      const retried = replay(pool, reservation.requestId, BODY).then(({ state }) => {
        told = state;
      });
      await waitingForStandby(pool);
      expect(told).toBe('nothing yet');
      standby.signal('SIGCONT');
      await retried;
      expect(told).toBe('answered');
    } finally {
      standby.signal('SIGCONT');
    }
  });

  test('takes over when the primary is killed: nothing that a caller was told is lost, and what nobody was told is charged', async () => {
    const { ledger } = connect(primary);
    const reserved: string[] = [];
    const settled: string[] = [];
    let isDead = false;
    const caller = async () => {
      while (!isDead) {
        const reservation = asked();
        try {
          await ledger.reserve(reservation);
          reserved.push(reservation.requestId);
          await ledger.settle(madeUpSettlement(reservation.requestId, { sealReply: () => BODY }));
          settled.push(reservation.requestId);
        } catch {
          // It was told nothing.
        }
      }
    };
    const callers = Array.from({ length: 8 }, caller);
    await expect.poll(() => settled.length).toBeGreaterThan(200);
    primary.signal('SIGKILL');
    isDead = true;
    await primary.ended;
    await Promise.all(callers);

    const after = connect(standby);
    // The standby has no standby of its own; an operator would give it one before it opens.
    await after.pool.query('SELECT pg_promote()');
    const { rows } = await after.pool.query<{ id: string; state: string }>(
      'SELECT id, state::text AS state FROM request',
    );
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    expect(reserved.filter((id) => !states.has(id))).toEqual([]);
    expect(settled.filter((id) => states.get(id) !== 'answered')).toEqual([]);
    expect(await faultsOf(after.pool)).toEqual([]);
    await chargeAbandoned(after.pool, 'r');
    const sums = await after.pool.query(
      `SELECT DISTINCT spent_rho_pico = (SELECT count(*) FROM request) AS charged, reserved_rho_pico::int AS reserved
       FROM account WHERE id = ANY($1)`,
      [accountIds],
    );
    expect(sums.rows).toEqual([{ charged: true, reserved: 0 }]);
    expect(await faultsOf(after.pool)).toEqual([]);
    console.log(
      `${reserved.length} reservations and ${settled.length} settlements were acknowledged; 0 lost`,
    );
  });

  test('old primary returns: it holds what nobody confirmed, and confirms nothing more', async () => {
    primary = await startDebianPostgres(join(folder, 'primary'), primaryPort, SYNCHRONOUS);
    const { pool, ledger } = connect(primary);
    let told: unknown = 'nothing yet';
    const asking = ledger.reserve(asked()).then(
      (outcome) => {
        told = outcome;
      },
      (error: unknown) => {
        told = error;
      },
    );
    const waiting = await waitingForStandby(pool);
    expect(told).toBe('nothing yet');
    await pool.query('SELECT pg_terminate_backend($1)', [waiting[0]]);
    await asking;
    expect(told).toBeInstanceOf(UnknownCommitError);
  });
});

const syncState = async (pool: Pool) =>
  (await pool.query<{ sync_state: string }>('SELECT sync_state FROM pg_stat_replication')).rows[0]
    ?.sync_state;
