import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LeafTotals } from '#lib/audit-log/leaf-totals';
import { createPool, type Pool, type PoolClient } from '#lib/db/pool';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { UnknownCommitError } from '#lib/db/transaction';
import { ConflictError, ExhaustedError, UnavailableError } from '#lib/errors';
import { findMismatches } from '../check-sums.ts';
import type { SignedReceipt } from '../insert-receipts.ts';
import type { Ledger } from '../ledger.ts';
import type { Reservation } from '../reserve.ts';
import { madeUpReservation, madeUpSettlement, openAccounts } from '../testing/made-up-moves.ts';
import { openGroupLedger } from './group-ledger.ts';

const CAP = 8n;
let db: TestDatabase;
let accountIds: string[];
/** A hospital of its own for each test. */
let node: string;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.close());
beforeEach(async () => {
  accountIds = await openAccounts(db.pool, [CAP, CAP]);
  node = randomUUID();
});
afterEach(async () => {
  expect(await findMismatches(db.pool)).toEqual([]);
  const leaves = await new LeafTotals().withWaiting(db.prisma);
  for (const { id, spentRhoPico } of await db.prisma.account.findMany())
    expect(leaves.get(id) ?? 0n, id).toBe(spentRhoPico);
});

const asked = (change: Partial<Reservation> = {}) => madeUpReservation({ accountIds, ...change });
const standing = async () => {
  const accounts = await db.prisma.account.findMany({
    where: { id: { in: accountIds } },
    orderBy: { id: 'asc' },
  });
  return accounts.map(({ spentRhoPico, reservedRhoPico }) => [spentRhoPico, reservedRhoPico]);
};
const both = (spent: bigint, reserved: bigint) => [
  [spent, reserved],
  [spent, reserved],
];
const rowsOf = (requestId: string) =>
  Promise.all([
    db.prisma.request.count({ where: { id: requestId } }),
    db.prisma.ledgerEntry.count({ where: { requestId } }),
    db.prisma.auditLeaf.count({ where: { subjectId: requestId } }),
  ]);

/** The test's pool, which counts transactions and may answer a statement in its own way. */
function watched(instead: (client: PoolClient, text: string) => unknown = () => undefined, pool = db.pool) {
  const seen = { transactions: 0 };
  const connect = async () => {
    seen.transactions++;
    const client = await pool.connect();
    const query = (given: { text: string } | string, ...rest: unknown[]) =>
      instead(client, typeof given === 'string' ? given : given.text) ??
      (client.query as (...all: unknown[]) => unknown).call(client, given, ...rest);
    const get = (target: PoolClient, key: string | symbol) => {
      if (key === 'query') return query;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    };
    return new Proxy(client, { get });
  };
  return { pool: { connect, options: pool.options } as unknown as Pool, seen };
}

/** One lane: what is asked in one breath is one batch. */
function oneLane(...how: Parameters<typeof watched>): {
  ledger: Ledger;
  seen: { transactions: number };
} {
  const { pool, seen } = watched(...how);
  return { ledger: openGroupLedger(pool, { lanes: 1 }), seen };
}
const reasonsOf = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : null));

function receipt(seq: number, requestId: string, nodeId = node): SignedReceipt {
  const hash = '0'.repeat(64);
  return {
    receipt: {
      v: 1,
      nodeId,
      seq,
      ledgerEpoch: 1,
      requestId,
      h: hash,
      rhoPico: '1',
      runningTotalPico: '1',
      prevHash: hash,
    },
    signed: { path: [], signature: '00' },
  };
}

test('a move that comes alone is one transaction, and so are many that come at once', async () => {
  const { ledger, seen } = oneLane();
  expect(await ledger.reserve(asked())).toBe('reserved');
  expect(seen.transactions).toBe(1);
  await Promise.all([asked(), asked(), asked()].map((each) => ledger.reserve(each)));
  expect(seen.transactions).toBe(2);
  expect(await standing()).toEqual(both(0n, 4n));
});

test('what shares an account shares a lane; what does not goes side by side, and so does what closes it', async () => {
  const { pool, seen } = watched();
  const ledger = openGroupLedger(pool, { lanes: 4 });
  const others = await openAccounts(db.pool, [CAP, CAP]);
  const [first, second, third] = [
    asked(),
    asked({ accountIds: accountIds.slice(1) }),
    asked({ accountIds: others }),
  ];
  await Promise.all([first, second, third].map((each) => ledger.reserve(each)));
  expect(seen.transactions).toBe(2);
  await Promise.all([
    ledger.settle(madeUpSettlement(first.requestId)),
    ledger.release(second.requestId, 'x', 'x'),
    ledger.settle(madeUpSettlement(third.requestId)),
  ]);
  expect(seen.transactions).toBe(4);
});

test('who comes first gets what is left; who is refused fails alone and leaves nothing behind', async () => {
  const { ledger, seen } = oneLane();
  const all = [
    asked({ rhoPico: 5n }),
    asked({ rhoPico: 4n }),
    asked({ rhoPico: 3n }),
    asked({ accountIds: [randomUUID()] }),
  ];
  const reasons = reasonsOf(await Promise.allSettled(all.map((each) => ledger.reserve(each))));
  expect(reasons.map((reason) => reason instanceof ExhaustedError)).toEqual([false, true, false, true]);
  expect(reasons[1].message).toBe(
    'The user budget "a" has rho 0.000000000003 left and this request needs rho 0.000000000004. Nothing was charged.',
  );
  expect(seen.transactions).toBe(1);
  expect(await standing()).toEqual(both(0n, 8n));
  expect(await rowsOf(all[0]!.requestId)).toEqual([1, 2, 1]);
  expect(await rowsOf(all[1]!.requestId)).toEqual([0, 0, 0]);
});

test('a mixed batch: each move ends as it would alone, and writes the same', async () => {
  const { ledger, seen } = oneLane();
  const [answered, drawn, given, closed] = [
    asked({ rhoPico: 2n }),
    asked({ rhoPico: 2n }),
    asked({ rhoPico: 3n }),
    asked(),
  ];
  for (const each of [answered, drawn, given, closed]) await ledger.reserve(each);
  await ledger.release(closed.requestId, 'x', 'x');
  const before = seen.transactions;
  const next = asked({ rhoPico: 4n });
  const moves = await Promise.allSettled([
    ledger.settle(madeUpSettlement(answered.requestId, { sealReply: () => Buffer.from('sealed') })),
    ledger.settle(madeUpSettlement(drawn.requestId, { chargeRhoPico: 1n, stagesMs: { draw: 3 } })),
    ledger.settle(madeUpSettlement(closed.requestId)),
    ledger.release(given.requestId, 'given_back', 'unsent'),
    ledger.release(randomUUID(), 'x', 'x'),
    ledger.reserve(next),
    ledger.reserve(asked({ rhoPico: 2n })),
  ]);
  expect(seen.transactions).toBe(before + 1);
  const reasons = reasonsOf(moves);
  expect(reasons.map((reason) => reason?.constructor)).toEqual([
    undefined,
    undefined,
    ConflictError,
    undefined,
    undefined,
    undefined,
    ExhaustedError,
  ]);
  expect(await standing()).toEqual(both(3n, 4n));
  const rows = await db.prisma.request.findMany({
    where: { id: { in: [answered.requestId, drawn.requestId, given.requestId] } },
  });
  const row = (id: string) => rows.find((each) => each.id === id)!;
  expect(row(answered.requestId)).toMatchObject({ state: 'answered', chargedRhoPico: 2n });
  expect(Buffer.from(row(answered.requestId).answerCiphertext!).toString()).toBe('sealed');
  expect(row(answered.requestId).answerExpiresAt).not.toBeNull();
  expect(row(drawn.requestId)).toMatchObject({
    chargedRhoPico: 1n,
    stagesMs: { draw: 3 },
    answerCiphertext: null,
    answerExpiresAt: null,
  });
  expect(row(given.requestId)).toMatchObject({
    state: 'failed',
    errorCode: 'given_back',
    chargedRhoPico: 0n,
    stagesMs: {},
  });
  const leaves = await db.prisma.auditLeaf.findMany({ where: { subjectId: drawn.requestId } });
  const settled = leaves.find((leaf) => leaf.type === 'ledger.settle')!;
  expect(JSON.parse(Buffer.from(settled.entry).toString()).accounts).toEqual(
    accountIds.toSorted().map((accountId) => ({ accountId, rhoPico: '1' })),
  );
  const entries = await db.prisma.ledgerEntry.findMany({ where: { requestId: drawn.requestId } });
  expect(entries.map((entry) => entry.kind).sort()).toEqual([
    'release',
    'release',
    'reserve',
    'reserve',
    'settle',
    'settle',
  ]);
  expect(entries.every((entry) => JSON.stringify(entry.parameters) === '{"K":4}')).toBe(true);
});

test('what is left after a settlement counts those before it in its batch, not those behind', async () => {
  const { ledger } = oneLane();
  const first = asked({ rhoPico: 3n });
  await ledger.reserve(first);
  const [, settled] = await Promise.all([
    ledger.reserve(asked({ rhoPico: 2n })),
    ledger.settle(madeUpSettlement(first.requestId, { chargeRhoPico: 1n })),
    ledger.reserve(asked()),
  ]);
  expect(settled.closings.map((closing) => closing.remainingRhoPico)).toEqual([5n, 5n]);
});

test('one id twice at once is one debit, and the second is told that it exists', async () => {
  const { ledger } = oneLane();
  const again = asked();
  const outcomes = await Promise.all([ledger.reserve(again), ledger.reserve(again), ledger.reserve(asked())]);
  expect(outcomes).toEqual(['reserved', 'exists', 'reserved']);
  expect(await standing()).toEqual(both(0n, 2n));
});

test('an id whose first use is refused at the same moment may be used by the second', async () => {
  const { ledger } = oneLane();
  const tooMuch = asked({ rhoPico: 9n });
  const outcomes = await Promise.allSettled([
    ledger.reserve(tooMuch),
    ledger.reserve({ ...tooMuch, rhoPico: 1n }),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled']);
  expect(await standing()).toEqual(both(0n, 1n));
});

describe('one that goes wrong fails alone', () => {
  const settleBeside = async (wrong: (ledger: Ledger, requestId: string) => Promise<unknown>) => {
    const { ledger } = oneLane();
    const [bad, good] = [asked({ rhoPico: 2n }), asked({ rhoPico: 3n })];
    await Promise.all([ledger.reserve(bad), ledger.reserve(good)]);
    const reasons = reasonsOf(
      await Promise.allSettled([
        wrong(ledger, bad.requestId),
        ledger.settle(madeUpSettlement(good.requestId, { receipts: [receipt(2, good.requestId)] })),
        ledger.reserve(asked()),
      ]),
    );
    expect(reasons.slice(1)).toEqual([null, null]);
    // The other is as it was before: it stands until it is settled or the reaper charges it.
    expect(await standing()).toEqual(both(3n, 3n));
    return reasons[0];
  };

  test('a reply that cannot be sealed', async () => {
    const reason = await settleBeside((ledger, id) =>
      ledger.settle(
        madeUpSettlement(id, {
          sealReply: () => {
            throw new Error('no key');
          },
        }),
      ),
    );
    expect(reason.message).toBe('no key');
  });

  test('a charge above its reservation', async () => {
    const reason = await settleBeside((ledger, id) =>
      ledger.settle(madeUpSettlement(id, { chargeRhoPico: 4n })),
    );
    expect(reason).toBeInstanceOf(RangeError);
  });

  test("an answer with another answer's receipt", async () => {
    const reason = await settleBeside((ledger, id) =>
      ledger.settle(madeUpSettlement(id, { receipts: [receipt(1, id), receipt(1, id)] })),
    );
    expect(reason.message).toMatch(/two receipts with one number/);
    expect(await db.prisma.nodeReceipt.count({ where: { nodeId: node } })).toBe(1);
  });

  test('a row that a constraint refuses', async () => {
    const reason = await settleBeside((ledger) => ledger.reserve(asked({ rhoPico: 0n })));
    expect(reason.message).toMatch(/ledger_entry_shape/);
  });

  test('parameters that are no JSON', async () => {
    const reason = await settleBeside((ledger) => ledger.reserve(asked({ parameters: { K: 4n } })));
    expect(reason).toBeInstanceOf(TypeError);
  });
});

test('a failed request is charged whatever its nodes sent, and what was new is kept', async () => {
  const { ledger } = oneLane();
  const [first, second] = [asked(), asked()];
  await Promise.all([ledger.reserve(first), ledger.reserve(second)]);
  const nodeId = randomUUID();
  await ledger.settle(madeUpSettlement(first.requestId, { receipts: [receipt(1, first.requestId, nodeId)] }));
  await ledger.settle(
    madeUpSettlement(second.requestId, {
      outcome: 'failed',
      receipts: [receipt(1, second.requestId, nodeId), receipt(2, second.requestId, nodeId)],
    }),
  );
  expect(await standing()).toEqual(both(2n, 0n));
  expect(await db.prisma.nodeReceipt.count({ where: { nodeId } })).toBe(2);
});

test('two ledgers of four lanes on one hot account never overspend it, whatever order they lock in', async () => {
  const ledgers = [openGroupLedger(db.pool), openGroupLedger(db.pool)];
  const [hot, ...others] = await openAccounts(db.pool, [40n, 10_000n, 10_000n, 10_000n]);
  const one = async (i: number) => {
    const ledger = ledgers[i % 2]!;
    const given = [hot!, others[i % 3]!];
    const reservation = asked({ accountIds: i % 4 < 2 ? given : given.toReversed() });
    await ledger.reserve(reservation);
    // Every third is given back while others are on their way; a retry of each is told so.
    if (i % 3 === 0) await ledgers[1 - (i % 2)]!.release(reservation.requestId, 'x', 'x');
    else await ledger.settle(madeUpSettlement(reservation.requestId));
    expect(await ledger.reserve(reservation)).toBe('exists');
  };
  const reasons = reasonsOf(await Promise.allSettled(Array.from({ length: 200 }, (_, i) => one(i)))).filter(
    (reason) => reason !== null,
  );
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter((reason) => !(reason instanceof ExhaustedError))).toEqual([]);
  const account = await db.prisma.account.findUniqueOrThrow({ where: { id: hot! } });
  expect(account.reservedRhoPico).toBe(0n);
  expect(account.spentRhoPico).toBeLessThanOrEqual(40n);
  await Promise.all(ledgers.map((ledger) => ledger.close()));
});

describe('a COMMIT of unknown outcome', () => {
  const cutAtCommit = (client: PoolClient, text: string) =>
    text === 'COMMIT'
      ? client
          .query('SELECT pg_backend_pid() AS pid')
          .then(({ rows }) => db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]))
          .then(() => client.query('COMMIT'))
      : undefined;

  test('is that of every move of its batch, and none is tried again', async () => {
    const { ledger, seen } = oneLane(cutAtCommit);
    const reasons = reasonsOf(
      await Promise.allSettled([
        ledger.reserve(asked()),
        ledger.reserve(asked({ rhoPico: 9n })),
        ledger.release(randomUUID(), 'x', 'x'),
      ]),
    );
    expect(reasons.map((reason) => reason instanceof UnknownCommitError)).toEqual([true, true, true]);
    expect(seen.transactions).toBe(1);
  });

  test('is a warning beside it, though the moves are there', async () => {
    await db.pool.query(`CREATE FUNCTION speak() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE WARNING 'not replicated'; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER speak AFTER INSERT ON request DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION speak()`);
    const { ledger, seen } = oneLane();
    const all = [asked(), asked()];
    const reasons = reasonsOf(await Promise.allSettled(all.map((each) => ledger.reserve(each))));
    await db.pool.query('DROP TRIGGER speak ON request');
    expect(reasons.map((reason) => reason instanceof UnknownCommitError)).toEqual([true, true]);
    expect(seen.transactions).toBe(1);
    expect(await ledger.reserve(all[0]!)).toBe('exists');
  });
});

test.each(['anywhere', 'in_transactions'] as const)(
  'a BEGIN that fails on a connection that lives lets nothing commit by itself (writes %s)',
  async (writes) => {
    const pool = createPool(db.url, 1, { writes });
    const { ledger } = oneLane(
      (client, text) => (text.startsWith('BEGIN') ? client.query('BEGIN as nobody can') : undefined),
      pool,
    );
    const all = [asked(), asked()];
    const reasons = reasonsOf(await Promise.allSettled(all.map((each) => ledger.reserve(each))));
    expect(reasons.map((reason) => reason?.code)).toEqual(['42601', '42601']);
    for (const { requestId } of all) expect(await rowsOf(requestId)).toEqual([0, 0, 0]);
    await pool.end();
  },
);

test('a database that is not there is not asked for each move of a batch', async () => {
  let attempts = 0;
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect' });
  const connect = async () => {
    attempts++;
    throw refused;
  };
  const ledger = openGroupLedger({ connect } as unknown as Pool, { lanes: 1 });
  const reasons = reasonsOf(
    await Promise.allSettled([asked(), asked(), asked()].map((each) => ledger.reserve(each))),
  );
  expect(reasons).toEqual([refused, refused, refused]);
  expect(attempts).toBe(1);
  await ledger.close();
});

test('a ledger that closes finishes what it was given and takes nothing more', async () => {
  const { ledger } = oneLane();
  const last = ledger.reserve(asked());
  await ledger.close();
  expect(await last).toBe('reserved');
  expect(await standing()).toEqual(both(0n, 1n));
  await expect(ledger.reserve(asked())).rejects.toThrow(UnavailableError);
  expect(await standing()).toEqual(both(0n, 1n));
});
