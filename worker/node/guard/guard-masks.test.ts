import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame, decodeVector } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { headerHash } from '#lib/nodes/round-header';
import { addPairMasks } from '#lib/secure-aggregation/masks';
import { answerRound, type RoundNode } from '../answer-round.ts';
import { EMBEDDED } from '../engine/engine.ts';
import { checkRound } from './check-round.ts';
import { RequestHistory } from './request-history.ts';
import { RoundRate } from './round-rate.ts';
import { SpendLog } from './spend-log.ts';
import {
  config,
  everybody,
  GAUSSIAN_RHO_PICO,
  guarded,
  keys,
  makeGaussian,
  makeRound,
  masking,
  peers,
  unmasked,
} from './test-round.ts';

const identity = generateKeyPairSync('ed25519').privateKey;
let folder: string;
let log: SpendLog;
let history: RequestHistory;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-masks-'));
  log = await SpendLog.open(join(folder, 'spend-log.ndjson'), config.nodeId, identity);
  history = new RequestHistory();
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});
const check = (round: Message<'round'>, change: object = {}) =>
  checkRound(round, { config, log, history, ...guarded(), engine: null, nowMs: Date.now(), ...change });
const refused = (code: string) => ({ ok: false, refusal: { code } });
async function answer(round: Message<'round'>): Promise<void> {
  const checked = check(round);
  if (!checked.ok) throw new Error(checked.refusal.code);
  history.note(round.header);
  const { ledgerEpoch, requestId } = round.header;
  const { h, rhoPico } = checked.round;
  await log.spend({ ledgerEpoch, requestId, h, rhoPico });
}

describe('a round is masked with the keys that were agreed, and no others', () => {
  test.each([
    ['an epoch this node has no keys of', 'stale_keys', makeRound({ keyEpoch: 8 })],
    [
      'other keys of the cohort than it was shown',
      'other_keys',
      makeRound({ keyDirectoryHash: 'a'.repeat(64) }),
    ],
    [
      'the keys of a larger cohort than it names',
      'other_keys',
      makeRound({ keyDirectoryHash: keys[0]!.directoryHash(everybody) }),
    ],
    ['a larger cohort than the keys it names', 'other_keys', makeRound({ cohort: everybody })],
  ])('%s', (_what, code, round) => {
    expect(check(round)).toMatchObject(refused(code));
  });

  test('a member it has pinned and shares no secret with', () => {
    const stranger = randomUUID();
    const cohort = [...peers, stranger].sort();
    const known = new Map([
      ...guarded().peers,
      [stranger, generateKeyPairSync('ed25519').publicKey] as const,
    ]);
    expect(check(makeRound({ cohort }), { peers: known })).toMatchObject(refused('unknown_keys'));
    expect(check(makeRound({ cohort }))).toMatchObject(refused('stranger'));
  });
});

describe('how many may be absent or in league', () => {
  const four = { cohort: everybody, keyDirectoryHash: keys[0]!.directoryHash(everybody) };
  test.each([
    ['absent members where all are needed', 'dropouts', makeRound({ maxDropouts: 1 })],
    [
      'nobody absent where some may be',
      'dropouts',
      makeRound({ ...four, masking: 'survives-dropouts', maxDropouts: 0 }),
    ],
    [
      'three of whom one may be absent',
      'dropouts',
      makeRound({ masking: 'survives-dropouts', maxDropouts: 1 }),
    ],
    [
      'more absent than the shares of a seed bear',
      'dropouts',
      makeRound({ ...four, masking: 'survives-dropouts', maxDropouts: 2 }),
    ],
    [
      'so many in league that they could unmask another',
      'colluders',
      makeRound({ ...four, masking: 'survives-dropouts', maxDropouts: 1, maxCollude: 2 }),
    ],
  ])('%s', (_what, code, round) => {
    expect(check(round)).toMatchObject(refused(code));
  });

  test('four of whom one may be absent and one in league pass', () => {
    expect(
      check(makeRound({ ...four, masking: 'survives-dropouts', maxDropouts: 1, maxCollude: 1 })),
    ).toMatchObject({ ok: true });
  });
});

test("the hospital's smallest cohort is one of members who are left, not of members who are asked", () => {
  const four = { cohort: everybody, keyDirectoryHash: keys[0]!.directoryHash(everybody), minCohort: 4 };
  const careful = { config: { ...config, minCohort: 4 } };
  expect(check(makeRound(four), careful)).toMatchObject({ ok: true });
  const oneAbsent = makeRound({ ...four, masking: 'survives-dropouts', maxDropouts: 1 });
  expect(check(oneAbsent, careful)).toMatchObject(refused('cohort_too_small'));
  expect(check(oneAbsent)).toMatchObject({ ok: true });
});

describe('a gaussian round', () => {
  const params = (num: string, den = '1') => ({ s: 192, K: 2, sigma2Local: { num, den } });

  test('costs what its guaranteed shares are worth, and not a pico less', () => {
    expect(check(makeGaussian())).toMatchObject({ ok: true, round: { rhoPico: GAUSSIAN_RHO_PICO } });
    const less = makeGaussian({ rhoPico: String(GAUSSIAN_RHO_PICO - 1n) });
    expect(check(less)).toMatchObject(refused('rho_too_small'));
  });

  test('costs more the more may collude: their noise does not count', () => {
    // 1/(2 * 100) is the price of two shares; with nobody in league all three count, and the same rho is too much.
    const trusting = { config: { ...config, minCollude: 0 } };
    expect(check(makeGaussian({ maxCollude: 0 }), trusting)).toMatchObject({ ok: true });
    const asIfAllCounted = makeGaussian({ rhoPico: String((GAUSSIAN_RHO_PICO * 2n) / 3n) });
    expect(check(asIfAllCounted)).toMatchObject(refused('rho_too_small'));
  });

  test.each([
    ['noise below what any formula holds for', 'sigma', makeGaussian({ params: params('3') })],
    ['noise without a denominator', 'parameters', makeGaussian({ params: params('4', '0') })],
  ])('is refused with %s', (_what, code, round) => {
    expect(check(round)).toMatchObject(refused(code));
  });

  test("is refused below the hospital's own policy", () => {
    const strict = { ...config, minSigmaLocal: 10.1 };
    expect(check(makeGaussian(), { config: strict })).toMatchObject(refused('sigma'));
    expect(check(makeGaussian(), { config: { ...config, minSigmaLocal: 10 } })).toMatchObject({ ok: true });
  });

  test('that counts on fewer in league than the hospital does is refused, whatever it pays', () => {
    expect(check(makeGaussian({ maxCollude: 0 }))).toMatchObject(refused('colluders'));
    expect(check(makeGaussian(), { config: { ...config, minCollude: 2 } })).toMatchObject(
      refused('colluders'),
    );
  });

  test('is answered twice at most, with other noise and another charge, also with another cohort', async () => {
    const requestId = randomUUID();
    await answer(makeGaussian({ requestId }));
    expect(check(makeGaussian({ requestId }))).toMatchObject(refused('attempts'));
    const other = { cohort: everybody, keyDirectoryHash: keys[0]!.directoryHash(everybody) };
    await answer(makeGaussian({ requestId, attempt: 2, ...other }));
    expect(check(makeGaussian({ requestId, attempt: 2, roundId: randomUUID() }))).toMatchObject(
      refused('attempts'),
    );
    expect(log.totalRhoPico).toBe(2n * GAUSSIAN_RHO_PICO);
  });

  test('does not open the way to an exact one, nor an exact one to it', async () => {
    const requestId = randomUUID();
    await answer(makeRound({ requestId }));
    expect(check(makeGaussian({ requestId, attempt: 2 }))).toMatchObject(refused('attempts'));
    const another = randomUUID();
    await answer(makeGaussian({ requestId: another }));
    expect(check(makeRound({ requestId: another }))).toMatchObject(refused('second_attempt'));
  });

  test('after a restart is not taken up again', async () => {
    const requestId = randomUUID();
    await answer(makeGaussian({ requestId }));
    history = new RequestHistory();
    expect(check(makeGaussian({ requestId, attempt: 2 }))).toMatchObject(refused('attempts'));
  });
});

test('an exact question to a cohort and to the same without one member: the second is refused', async () => {
  const requestId = randomUUID();
  const all = { cohort: everybody, keyDirectoryHash: keys[0]!.directoryHash(everybody) };
  await answer(makeRound({ requestId, ...all }));
  expect(check(makeRound({ requestId }))).toMatchObject(refused('second_attempt'));
  expect(check(makeRound({ requestId, attempt: 2 }))).toMatchObject(refused('second_attempt'));
});

test('no more rounds a minute than the hospital wants, and as many again a minute later', () => {
  const rate = new RoundRate(2, 0);
  rate.take(0);
  rate.take(0);
  expect([rate.hasRoom(0), rate.hasRoom(29_000), rate.hasRoom(30_000)]).toEqual([false, false, true]);
  const full = new RoundRate(1);
  full.take(Date.now());
  expect(check(makeRound(), { rate: full })).toMatchObject(refused('rate'));
});

describe('what leaves the node', () => {
  const node = (): RoundNode => {
    const quiet = createLogger('test');
    quiet.level = 'silent';
    return {
      config: { ...config, limitRhoPico: String(10n ** 14n) },
      spendLog: log,
      history,
      ...masking(),
      shards: { sum: async () => Uint32Array.from([40, 24]) },
      capabilities: EMBEDDED,
      shortAnswers: () => Promise.reject(new Error('not asked for')),
      log: quiet,
      answered: new Map(),
    };
  };
  const vectorOf = async (asked: RoundNode, round: Message<'round'>) =>
    decodeVector(decodeFrame(await answerRound(asked, round)).tail, round.header.len);

  test('of a gaussian round is noisy under its mask, differently each time', async () => {
    const asked = node();
    const seen = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const round = makeGaussian({ requestId: randomUUID() });
        return unmasked(round, await vectorOf(asked, round)).map((value) => value | 0);
      }),
    );
    const firsts = seen.map(([count]) => count! - 40);
    expect(new Set(firsts).size).toBeGreaterThan(10);
    // Variance 100: forty draws lie within six sigmas, and their mean square is nowhere near zero or a thousand.
    expect(Math.max(...firsts.map(Math.abs))).toBeLessThan(60);
    const meanSquare = firsts.reduce((sum, value) => sum + value * value, 0) / firsts.length;
    expect(meanSquare).toBeGreaterThan(30);
    expect(meanSquare).toBeLessThan(300);
  });

  test('two headers for two nodes give masks that do not cancel', async () => {
    const asked = node();
    const round = makeRound();
    const own = await vectorOf(asked, round);
    const h = headerHash(round.header);
    const other = headerHash({ ...round.header, roundId: randomUUID() });
    const sumWith = (shown: Uint8Array) => {
      const others = [1, 2].map((at) => masksOf(at, shown));
      return [...own.map((value, i) => value + others[0]![i]! + others[1]![i]!)];
    };
    expect(sumWith(h)).toEqual([40, 24]);
    expect(sumWith(other)).not.toEqual([40, 24]);
  });
});

/** What another member adds to the sum for a header beside its counts: its masks with the two others. */
function masksOf(at: number, h: Uint8Array): Uint32Array {
  const masks = new Uint32Array(2);
  addPairMasks(masks, peers[at]!, peers, (peerId) => keys[at]!.maskKey(peerId, h));
  return masks;
}
