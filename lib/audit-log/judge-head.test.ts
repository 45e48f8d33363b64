import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifierKey as keyOf, signCheckpoint } from './checkpoint.ts';
import { consistencyPath } from './consistency.ts';
import { type HeadOffer, judgeHead } from './judge-head.ts';
import { appendLeaves, leafHash, rootOfPeaks } from './merkle.ts';

const key = generateKeyPairSync('ed25519').privateKey;
const origin = 'fdlr/test';
const verifierKey = keyOf(origin, key);

function logOf(entries: readonly string[]) {
  const hashes = entries.map((entry) => leafHash(Buffer.from(entry)));
  const stored = new Map(
    appendLeaves(0n, [], hashes).completed.map((node) => [`${node.level}/${node.index}`, node.hash]),
  );
  const rootAt = (size: number) =>
    rootOfPeaks(appendLeaves(0n, [], hashes.slice(0, size)).peaks.map((peak) => peak.hash));
  return {
    note: (size: number) => signCheckpoint({ origin, size: BigInt(size), root: rootAt(size) }, key),
    path: (from: number, to: number) =>
      consistencyPath(BigInt(from), BigInt(to), (level, index) => stored.get(`${level}/${index}`)!),
  };
}
const honest = logOf(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
const forged = logOf(['a', 'B', 'c', 'd', 'e', 'f', 'g', 'h']);
const offer = async (log: typeof honest, from: number, to: number): Promise<HeadOffer> => ({
  verifierKey,
  note: log.note(to),
  oldSize: BigInt(from),
  path: await log.path(from, to),
});
const seen = { verifierKey, note: honest.note(4) };
const verdict = (judgement: ReturnType<typeof judgeHead>) =>
  'accepted' in judgement ? judgement.accepted.size : judgement.refused;

test('the first head is taken as it is, later ones if they continue the last', async () => {
  expect(verdict(judgeHead(null, await offer(honest, 0, 4)))).toBe(4n);
  expect(verdict(judgeHead({ verifierKey, note: null }, await offer(honest, 0, 4)))).toBe(4n);
  expect(verdict(judgeHead(seen, await offer(honest, 4, 7)))).toBe(7n);
  expect(verdict(judgeHead(seen, await offer(honest, 4, 4)))).toBe(4n);
});

test('a smaller head is a rollback, whatever proof comes with it', async () => {
  expect(judgeHead(seen, await offer(honest, 0, 3))).toMatchObject({ refused: 'rollback', seenSize: 4n });
  expect(verdict(judgeHead(seen, await offer(forged, 2, 3)))).toBe('rollback');
});

test('another head of the same size, or one that another history leads to, is a fork', async () => {
  expect(verdict(judgeHead(seen, await offer(forged, 4, 4)))).toBe('fork');
  expect(verdict(judgeHead(seen, await offer(forged, 4, 8)))).toBe('fork');
  expect(verdict(judgeHead(seen, { ...(await offer(honest, 4, 7)), path: [] }))).toBe('fork');
});

test('a proof from another head than the last one says nothing yet', async () => {
  expect(judgeHead(seen, await offer(honest, 2, 7))).toMatchObject({ refused: 'stale', seenSize: 4n });
  expect(judgeHead(null, await offer(honest, 2, 7))).toMatchObject({ refused: 'stale', seenSize: 0n });
});

test('a head under another key, or signed by none, is refused before anything else is looked at', async () => {
  const other = generateKeyPairSync('ed25519').privateKey;
  const theirs = { ...(await offer(honest, 4, 7)), verifierKey: keyOf(origin, other) };
  expect(verdict(judgeHead(seen, theirs))).toBe('key');
  expect(verdict(judgeHead(null, theirs))).toBe('signature');
  const note = (await offer(honest, 4, 7)).note.replace('\n7\n', '\n8\n');
  expect(verdict(judgeHead(seen, { ...(await offer(honest, 4, 7)), note }))).toBe('signature');
});
