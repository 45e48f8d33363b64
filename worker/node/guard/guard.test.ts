import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame, decodeVector } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { receiptVerifier, verifyReceipt } from '#lib/nodes/receipt';
import { fractionText } from '#lib/privacy/sampling/rational';
import { answerRound, type RoundNode } from '../answer-round.ts';
import { EMBEDDED } from '../engine/engine.ts';
import { checkRound } from './check-round.ts';
import { RequestHistory } from './request-history.ts';
import { SpendLog, SpendLogError } from './spend-log.ts';
import { charge, config, guarded, makeRound, masking, peers, unmasked } from './test-round.ts';

const identity = generateKeyPairSync('ed25519');
let folder: string;
let path: string;
let log: SpendLog;
let history: RequestHistory;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-guard-'));
  path = join(folder, 'spend-log.ndjson');
  log = await SpendLog.open(path, config.nodeId, identity.privateKey);
  history = new RequestHistory();
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});
const reopen = () => SpendLog.open(path, config.nodeId, identity.privateKey);
const check = (round: ReturnType<typeof makeRound>) =>
  checkRound(round, { config, log, history, ...guarded(), engine: null, nowMs: Date.now() });
const spend = () =>
  log.spend({
    ledgerEpoch: 1,
    requestId: randomUUID(),
    h: randomUUID().replaceAll('-', '').repeat(2),
    rhoPico: 5n,
  });

describe('the guard', () => {
  test('lets an honest round through, at the price it computed itself', () => {
    expect(check(makeRound())).toMatchObject({ ok: true, round: { rhoPico: charge.rhoPico } });
  });

  const stranger = randomUUID();
  const tampered = makeRound();
  tampered.query = { ...tampered.query, prompt: 'another question' };
  const swapped = makeRound();
  swapped.header = { ...swapped.header, rhoPico: String(charge.rhoPico * 2n) };
  test.each([
    ['another router', 'bad_signature', makeRound({}, generateKeyPairSync('ed25519').privateKey)],
    ['a header changed after it was signed', 'bad_signature', swapped],
    ['another query than the one committed to', 'wrong_query', tampered],
    ['a wrong number of labels', 'wrong_length', makeRound({ len: 3 })],
    ['a deadline that passed', 'deadline', makeRound({ deadlineMs: Date.now() - 1 })],
    ['a deadline far away', 'deadline', makeRound({ deadlineMs: Date.now() + 3_600_000 })],
    ['an unknown purpose', 'purpose', makeRound({ purpose: 'marketing' })],
    ['a cohort without this node', 'cohort', makeRound({ cohort: [...peers.slice(1), stranger].sort() })],
    ['an unsorted cohort', 'cohort', makeRound({ cohort: [...peers].reverse() })],
    ['a member counted twice', 'cohort', makeRound({ cohort: [peers[0]!, peers[0]!, peers[1]!] })],
    ['a stranger in the cohort', 'stranger', makeRound({ cohort: [...peers, stranger].sort() })],
    ['a cohort of two', 'cohort_too_small', makeRound({ cohort: peers.slice(0, 2) })],
    ['colluders that leave too few', 'cohort_too_small', makeRound({ maxCollude: 2 })],
    ['a second attempt', 'second_attempt', makeRound({ attempt: 2 })],
    ['a rho one pico too small', 'rho_too_small', makeRound({ rhoPico: String(charge.rhoPico - 1n) })],
    ['a rho divided by the hospitals', 'rho_too_small', makeRound({ rhoPico: String(charge.rhoPico / 3n) })],
    [
      'a beta without a denominator',
      'parameters',
      makeRound({ params: { beta: { num: '1', den: '0' }, s: 192, K: 2 } }),
    ],
    [
      'a beta that costs next to nothing',
      'rho_too_small',
      makeRound({ params: { beta: { num: '1', den: '1000000000000' }, s: 192, K: 2 } }),
    ],
    [
      'more shards than there can be',
      'shards',
      makeRound({ params: { beta: fractionText(charge.beta), s: 2 ** 20 + 1, K: 2 } }),
    ],
    ["more than the hospital's own limit", 'budget', makeRound({ rhoPico: String(charge.rhoPico * 4n) })],
  ])('refuses %s', (_what, code, round) => {
    expect(check(round)).toMatchObject({ ok: false, refusal: { code } });
  });

  test('refuses what it already answered, another cohort for the same request, and an older ledger', async () => {
    const round = makeRound({ ledgerEpoch: 2 });
    const { h, rhoPico } = (check(round) as { round: { h: string; rhoPico: bigint } }).round;
    await log.spend({ ledgerEpoch: 2, requestId: round.header.requestId, h, rhoPico });
    expect(check(round)).toMatchObject({ refusal: { code: 'answered' } });
    expect(check(makeRound({ ledgerEpoch: 2, requestId: round.header.requestId }))).toMatchObject({
      refusal: { code: 'second_attempt' },
    });
    expect(check(makeRound({ ledgerEpoch: 1 }))).toMatchObject({ refusal: { code: 'old_epoch' } });
  });
});

describe('the spend log', () => {
  test('chains, signs, sums, and says the same after a restart', async () => {
    const first = await spend();
    const second = await spend();
    expect([first.receipt.seq, second.receipt.seq]).toEqual([1, 2]);
    expect(second.receipt.runningTotalPico).toBe('10');
    expect(verifyReceipt(second, identity.publicKey)).toBe(true);
    const cheaper = { ...second, receipt: { ...second.receipt, rhoPico: '4' } };
    expect(verifyReceipt(cheaper, identity.publicKey)).toBe(false);
    const again = await reopen();
    expect([again.totalRhoPico, again.ledgerEpoch, again.has(first.receipt.h)]).toEqual([10n, 1, true]);
    await again.close();
  });

  test('a hundred at once: no number twice, every line on disk', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, spend));
    expect(all.map((one) => one.receipt.seq)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(100);
  });

  test('receipts that wait for one sync share one signature, and each holds alone', async () => {
    const all = await Promise.all(Array.from({ length: 100 }, spend));
    // The first found the disk idle; the others waited for it together.
    expect(new Set(all.map((one) => one.signed.signature)).size).toBe(2);
    const verify = receiptVerifier(identity.publicKey);
    expect(all.every(verify)).toBe(true);
    expect(all.every((one) => verifyReceipt(one, identity.publicKey))).toBe(true);
    expect(verify({ ...all[1]!, receipt: all[2]!.receipt })).toBe(false);
  });

  test('gives the receipts after a number, page by page, from the disk', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, spend));
    expect(await log.receiptsAfter(0, 2)).toEqual(all.slice(0, 2));
    expect(await log.receiptsAfter(2, 10)).toEqual(all.slice(2));
    expect(await log.receiptsAfter(5, 10)).toEqual([]);
    expect(await log.receiptsAfter(99, 10)).toEqual([]);
    const again = await reopen();
    expect(await again.receiptsAfter(3, 10)).toEqual(all.slice(3));
    await again.close();
  });

  test('of another identity, or of a version that signed each receipt alone, keeps the node from starting', async () => {
    const { receipt } = await spend();
    await expect(
      SpendLog.open(path, config.nodeId, generateKeyPairSync('ed25519').privateKey),
    ).rejects.toThrow(/identity key/);
    await expect(SpendLog.open(path, randomUUID(), identity.privateKey)).rejects.toThrow(/another node/);
    writeFileSync(path, `${JSON.stringify({ receipt, signature: '0'.repeat(128) })}\n`);
    await expect(reopen()).rejects.toThrow(/earlier version/);
  });

  test('a line cut short by a crash is dropped; it was never answered', async () => {
    await spend();
    appendFileSync(path, '{"receipt":{"v":1,"nod');
    const again = await reopen();
    expect(again.totalRhoPico).toBe(5n);
    const next = await again.spend({
      ledgerEpoch: 1,
      requestId: randomUUID(),
      h: 'a'.repeat(64),
      rhoPico: 1n,
    });
    expect(next.receipt.seq).toBe(2);
    await again.close();
    await (await reopen()).close();
  });

  test.each([
    ['removed', (lines: string[]) => lines.slice(1)],
    ['reordered', (lines: string[]) => [...lines].reverse()],
    ['repeated', (lines: string[]) => [...lines, lines.at(-1)!]],
    [
      'made cheaper',
      (lines: string[]) => [lines[0]!.replace('"rhoPico":"5"', '"rhoPico":"4"'), ...lines.slice(1)],
    ],
    ['garbled', (lines: string[]) => ['}{', ...lines.slice(1)]],
  ])('a line that was %s keeps the node from starting', async (_what, change) => {
    await spend();
    await spend();
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    writeFileSync(path, `${change(lines).join('\n')}\n`);
    await expect(reopen()).rejects.toThrow(SpendLogError);
  });

  test('a disk that cannot be written stops all spending', async () => {
    await log.close();
    await expect(spend()).rejects.toThrow();
    await expect(spend()).rejects.toThrow(SpendLogError);
    log = await reopen();
  });
});

describe('a round at the node', () => {
  let node: RoundNode;
  let votes: number;
  beforeEach(() => {
    votes = 0;
    const sum = async () => {
      votes++;
      // What the guard promises: the spend is on disk before any record is looked at.
      expect(readFileSync(path, 'utf8')).toContain('"receipt"');
      return Uint32Array.from([40, 24]);
    };
    const quiet = createLogger('test');
    quiet.level = 'silent';
    node = {
      config,
      spendLog: log,
      history,
      ...masking(),
      shards: { sum },
      capabilities: EMBEDDED,
      shortAnswers: () => Promise.reject(new Error('not asked for')),
      log: quiet,
      answered: new Map(),
    };
  });
  const contribution = (bytes: Buffer) => {
    const frame = decodeFrame(bytes);
    return { message: parseMessage(frame, 'contribution'), vector: decodeVector(frame.tail, 2) };
  };

  test('spends, votes, signs', async () => {
    const round = makeRound();
    const { message, vector } = contribution(await answerRound(node, round));
    expect(unmasked(round, vector)).toEqual([40, 24]);
    expect([...vector]).not.toEqual([40, 24]);
    expect(verifyReceipt(message, identity.publicKey)).toBe(true);
    expect(message.receipt.rhoPico).toBe(String(charge.rhoPico));
  });

  test('a resend gets the same bytes, computed once and charged once', async () => {
    const round = makeRound();
    const first = await answerRound(node, round);
    expect(await answerRound(node, round)).toEqual(first);
    expect([votes, log.totalRhoPico]).toEqual([1, charge.rhoPico]);
  });

  test('a vote that throws becomes an abstention: same kind of reply, same charge, nothing logged of it', async () => {
    node.shards.sum = async () => {
      throw new Error('record 17 of patient X');
    };
    const round = makeRound();
    expect(unmasked(round, contribution(await answerRound(node, round)).vector)).toEqual([0, 0]);
    expect(log.totalRhoPico).toBe(charge.rhoPico);
  });

  test('a refusal spends nothing and computes nothing', async () => {
    const frame = decodeFrame(await answerRound(node, makeRound({ purpose: 'marketing' })));
    expect(parseMessage(frame, 'roundRefused').code).toBe('purpose');
    expect([votes, log.totalRhoPico]).toEqual([0, 0n]);
  });
});
