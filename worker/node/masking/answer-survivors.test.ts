import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { decodeFrame } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { headerHash } from '#lib/nodes/round-header';
import { thresholdOf } from '#lib/secure-aggregation/masking-choice';
import { SurvivorCollection } from '#lib/secure-aggregation/survivor-collection';
import { SurvivorLog } from '../guard/survivor-log.ts';
import { everybody, keys, makeRound, pinned } from '../guard/test-round.ts';
import { answerSignedSurvivors, answerSurvivors, type UnmaskingNode } from './answer-survivors.ts';
import { maskVector } from './mask-vector.ts';
import { OpenRounds } from './open-rounds.ts';

const quiet = createLogger('test');
quiet.level = 'silent';
const round = makeRound({
  cohort: everybody,
  keyDirectoryHash: keys[0]!.directoryHash(everybody),
  masking: 'survives-dropouts',
  maxDropouts: 1,
});
const h = headerHash(round.header);
const name = h.toString('hex');

let folder: string;
let nodes: UnmaskingNode[];
let collection: SurvivorCollection;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-survivors-'));
  nodes = await Promise.all(
    keys.map(async (_, i) => ({
      openRounds: new OpenRounds(),
      survivorLog: await SurvivorLog.open(join(folder, `${i}.ndjson`)),
      peers: () => pinned,
      log: quiet,
    })),
  );
  collection = new SurvivorCollection({ h, cohort: everybody, threshold: thresholdOf(4), maxDropouts: 1 });
});
afterEach(async () => {
  await Promise.all(nodes.map(({ survivorLog }) => survivorLog.close()));
  rmSync(folder, { recursive: true });
});

/** These members contribute [1, 2], [10, 20], ... under their masks. */
async function contribute(members: readonly number[]): Promise<void> {
  for (const at of members) {
    const vector = Uint32Array.from([10 ** at, 2 * 10 ** at]);
    const shared = await maskVector(vector, round.header, keys[at]!, nodes[at]!.openRounds);
    const boxes = new Map(Object.entries(shared!.boxes).map(([id, box]) => [id, Buffer.from(box, 'hex')]));
    collection.add(everybody[at]!, { vector, boxes, commitments: shared!.commitments });
  }
}
const hexEach = (bytes: ReadonlyMap<string, Buffer>) =>
  Object.fromEntries([...bytes].map(([id, value]) => [id, value.toString('hex')]));
const ofHex = (hex: Record<string, string>) =>
  new Map(Object.entries(hex).map(([id, value]) => [id, Buffer.from(value, 'hex')]));
async function agree(at: number, survivors = [...collection.close()]) {
  const boxes = hexEach(collection.boxesFor(everybody[at]!));
  return decodeFrame(await answerSurvivors(nodes[at]!, { h: name, survivors, boxes }));
}
async function reveal(at: number, signatures: Record<string, string>) {
  return decodeFrame(await answerSignedSurvivors(nodes[at]!, { h: name, signatures }));
}
async function allSign(members: readonly number[]): Promise<Record<string, string>> {
  const signed = await Promise.all(
    members.map(async (at) => [everybody[at]!, parseMessage(await agree(at), 'agreement').signature]),
  );
  return Object.fromEntries(signed);
}

test('three of four unmask their own sum, and each reveals one thing of every member', async () => {
  await contribute([0, 1, 3]);
  const signatures = await allSign([0, 1, 3]);
  for (const at of [0, 1, 3]) {
    const { seedShares, pairKeys } = parseMessage(await reveal(at, signatures), 'unmasking');
    expect(Object.keys(pairKeys)).toEqual([everybody[2]]);
    expect(Object.keys(seedShares).sort()).toEqual([0, 1, 3].map((one) => everybody[one]));
    collection.reveal(everybody[at]!, { seedShares: ofHex(seedShares), pairKeys: ofHex(pairKeys) });
  }
  expect([...(await collection.unmask(2))]).toEqual([1011, 2022]);
});

test('whoever asks for another set of survivors, to get the other kind of share, is refused', async () => {
  await contribute([0, 1, 2, 3]);
  await allSign([0]);
  const without = everybody.filter((_, at) => at !== 2);
  expect(parseMessage(await agree(0, without), 'unmaskingRefused').code).toBe('other_survivors');
  // On disk before the signature left: a process that starts anew says the same.
  const line = JSON.parse(readFileSync(join(folder, '0.ndjson'), 'utf8').trim());
  expect(line.h).toBe(name);
  await nodes[0]!.survivorLog.close();
  nodes[0]!.survivorLog = await SurvivorLog.open(join(folder, '0.ndjson'));
  expect(await nodes[0]!.survivorLog.record(name, without)).toBe(false);
  expect(await nodes[0]!.survivorLog.record(name, everybody)).toBe(true);
});

test('nothing is revealed for survivors that too few have signed, or signed otherwise', async () => {
  await contribute([0, 1, 2, 3]);
  const signatures = await allSign([0, 1]);
  expect(parseMessage(await reveal(0, signatures), 'unmaskingRefused').code).toBe('too_few_signatures');
  const forged = { ...signatures, [everybody[2]!]: signatures[everybody[1]!]! };
  expect(parseMessage(await reveal(0, forged), 'unmaskingRefused').code).toBe('too_few_signatures');
});

test('fewer survivors than the round was priced for are refused', async () => {
  await contribute([0, 1, 2, 3]);
  const frame = await agree(0, [everybody[0]!, everybody[1]!]);
  expect(parseMessage(frame, 'unmaskingRefused').code).toBe('too_few_survivors');
});

test('a round that is not open here, or over, has no survivors', async () => {
  await contribute([0]);
  const asked = { h: 'a'.repeat(64), survivors: everybody, boxes: {} };
  const frame = decodeFrame(await answerSurvivors(nodes[0]!, asked));
  expect(parseMessage(frame, 'unmaskingRefused').code).toBe('unknown_round');
  nodes[0]!.openRounds.forgetPast(round.header.deadlineMs + 1);
  const late = decodeFrame(await answerSurvivors(nodes[0]!, { ...asked, h: name }));
  expect(parseMessage(late, 'unmaskingRefused').code).toBe('unknown_round');
});
