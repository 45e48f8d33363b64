import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommitCutter, type Cut, startCommitCutter } from '#lib/ledger/testing/commit-cutter';
import { faultsOf } from '#lib/ledger/testing/faults-of';
import { balances, spentBetween } from '../testing/balances.ts';
import { SMALL, startTestFederation, type TestFederation } from '../testing/federation.ts';
import { VOTE_RHO_PICO } from '../testing/prices.ts';
import { post, vote } from '../testing/questions.ts';

const RHO = VOTE_RHO_PICO;
const ASKED = 8;
/** At most: what is debited or settled together is one transaction, so fewer may be there to be cut. */
const CUTS = 6;
/** How the debit path alone begins: the router's other work, such as what nodes tell of themselves, commits too. */
const LEDGER_BEGIN = 'BEGIN READ WRITE';

let federation: TestFederation;
let cutter: CommitCutter;
beforeAll(async () => {
  federation = await startTestFederation(SMALL, async (databaseUrl) => {
    cutter = await startCommitCutter(databaseUrl);
    return cutter.url;
  });
});
afterAll(async () => {
  await federation?.stop();
  await cutter?.close();
});

test.each<Cut>(['reply', 'request', 'at-once'])(
  'a router whose connections are cut at COMMIT (%s): each question is charged once, and a retry is told the same',
  async (cut) => {
    const { pool } = federation.database;
    const ask = (i: number) =>
      post(federation, '/chat/completions', vote(), { 'idempotency-key': `${cut} ${i}` });
    const all = [...Array(ASKED).keys()];
    const before = await balances(pool);
    cutter.cutNext(cut, CUTS, LEDGER_BEGIN);
    const first = await Promise.all(all.map(ask));
    cutter.stopCutting();
    for (const { status, headers } of first)
      if (status !== 200) expect(headers.get('x-should-retry')).toBe('false');

    // What was debited and nobody settled has outlived its time. Postgres may be committing still what was cut.
    const stillReserved = async () => {
      await pool.query(`UPDATE request SET reserved_until = now() WHERE state = 'reserved'`);
      return federation.database.prisma.request.count({ where: { state: 'reserved' } });
    };
    await expect.poll(stillReserved).toBe(0);
    const second = [];
    for (const i of all) second.push(await ask(i));
    for (const [i, { status, body }] of second.entries()) {
      if (first[i]!.status === 200) expect(body).toEqual(first[i]!.body);
      else expect([200, 503]).toContain(status);
      if (status === 503) expect(body.error).toMatchObject({ code: 'round_failed', charged: true });
      const third = await ask(i);
      expect([third.status, third.body.privacy ?? third.body.error?.code]).toEqual([
        status,
        body.privacy ?? body.error?.code,
      ]);
    }
    // Whatever became of it: once, in full.
    expect(spentBetween(before, await balances(pool))['user/Demo clinician']).toBe(RHO * BigInt(ASKED));
    expect(await faultsOf(pool)).toEqual([]);
    const hit = first.filter(({ status }) => status !== 200).length;
    expect(hit, 'the cuts hit something').toBeGreaterThan(0);
    console.log(`${cut}: ${hit} of ${ASKED} questions were hit`);
  },
);
