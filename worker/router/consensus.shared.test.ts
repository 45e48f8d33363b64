import { expect, test } from 'vitest';
import { consensusCharge } from '#lib/privacy/mechanisms/consensus-charge';
import { formatRho } from '#lib/privacy/pico-rho';
import { balances, spentBetween } from '../testing/balances.ts';
import { federation } from '../testing/one-federation.ts';
import { noisyVoteRhoPico } from '../testing/prices.ts';
import { enumFormat, post, vote } from '../testing/questions.ts';
import { unknownRuns } from '../testing/unknown-runs.ts';

/** Of the two, nearly every shard speaks for the first. */
const CLEAR = ['Acute myocardial infarction', 'Migraine'];
/** Labels that no record has: every shard abstains, and nothing can be clear. */
const NOBODYS = ['Wandering spleen', 'Foreign accent syndrome'];

test.each(['threshold', 'margin'] as const)(
  'a clear winner passes the %s test and is charged in full',
  async (kind) => {
    const before = await balances(federation.database.pool);
    const { status, body } = await post(
      federation,
      '/chat/completions',
      vote({
        privacy: { epsilon: 1, mode: 'exact', requireConsensus: kind },
        response_format: enumFormat(CLEAR),
      }),
    );
    expect(status).toBe(200);
    const charge = consensusCharge(1, 1e-5, kind, 192);
    expect(body.privacy).toMatchObject({
      mechanism: 'consensus',
      drawn: { test: kind, reached: true },
      rho: formatRho(charge.rhoPico),
      epsilon: 1,
    });
    expect(CLEAR).toContain(JSON.parse(body.choices![0]!.message.content!));
    expect(body.choices![0]!.message.refusal).toBeNull();
    const changes = spentBetween(before, await balances(federation.database.pool));
    expect(new Set(Object.values(changes))).toEqual(new Set([charge.rhoPico]));
  },
);

test('no clear winner: no label, the reason in its place, and only the test is charged', async () => {
  const before = await balances(federation.database.pool);
  const asked = vote({
    privacy: { epsilon: 1, mode: 'exact', mechanism: 'consensus' },
    response_format: enumFormat(NOBODYS),
  });
  const { status, body } = await post(federation, '/chat/completions', asked);
  expect(status).toBe(200);
  const { testRhoPico } = consensusCharge(1, 1e-5, 'threshold', 192);
  expect(body.choices![0]!.message).toMatchObject({
    content: null,
    refusal: expect.stringMatching(/do not agree/),
  });
  expect(body.privacy).toMatchObject({
    drawn: { test: 'threshold', reached: false },
    rho: formatRho(testRhoPico),
  });
  // The bound is the one of all that could have been drawn: whether it was depends on the test.
  expect(body.privacy!.epsilon).toBeCloseTo(1, 6);
  const after = await balances(federation.database.pool);
  expect(new Set(Object.values(spentBetween(before, after)))).toEqual(new Set([testRhoPico]));
});

test.each(['threshold', 'margin'] as const)(
  'with noise of the hospitals the %s test reads the same counts, so that it costs nothing and gives nothing back',
  async (kind) => {
    const ask = (labels: readonly string[]) =>
      post(
        federation,
        '/chat/completions',
        vote({ privacy: { epsilon: 1, requireConsensus: kind }, response_format: enumFormat(labels) }),
      );
    const rhoPico = noisyVoteRhoPico(1, 2);
    const before = await balances(federation.database.pool);
    const { body: clear } = await ask(CLEAR);
    expect(clear.privacy).toMatchObject({
      mechanism: 'consensus',
      mode: 'gaussian',
      maxCollude: 1,
      drawn: { test: kind, reached: true },
      rho: formatRho(rhoPico),
    });
    const { body: unclear } = await ask(NOBODYS);
    expect(unclear.choices![0]!.message.refusal).toMatch(/do not agree/);
    expect(unclear.privacy).toMatchObject({ drawn: { test: kind, reached: false }, rho: formatRho(rhoPico) });
    const after = await balances(federation.database.pool);
    expect(spentBetween(before, after)['user/Demo clinician']).toBe(2n * rhoPico);
  },
);

test('what the ledger keeps is enough for the efficiency report to recompute every charge', async () => {
  const { kinds, unknown } = await unknownRuns(federation);
  expect(kinds).toBeGreaterThan(0);
  expect(unknown).toEqual([]);
});
