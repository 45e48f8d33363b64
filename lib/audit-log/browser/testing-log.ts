import { generateKeyPairSync } from 'node:crypto';
import { signCheckpoint, verifierKey } from '../checkpoint.ts';
import { consistencyPath } from '../consistency.ts';
import { cosign, witnessName, witnessVerifierKey } from '../cosignature.ts';
import { appendLeaves, leafHash, rootOfPeaks } from '../merkle.ts';

/** A log as a server keeps it, to be checked as a browser does. Its entries differ by `history`. */
export function testLog(history = 'true', key = generateKeyPairSync('ed25519').privateKey) {
  const origin = 'fdlr/test';
  const entryOf = (index: number) => `{"entry":"${index} \u2014 ü","history":"${history}"}`;
  const hashes = (size: number) =>
    Array.from({ length: size }, (_, index) => leafHash(Buffer.from(entryOf(index))));
  const treeOf = (size: number) => appendLeaves(0n, [], hashes(size));
  const rootOf = (size: number) => rootOfPeaks(treeOf(size).peaks.map((peak) => peak.hash));
  return {
    origin,
    key,
    verifierKey: verifierKey(origin, key),
    rootHash: (size: number) => rootOf(size).toString('hex'),
    checkpoint: (size: number) => signCheckpoint({ origin, size: BigInt(size), root: rootOf(size) }, key),
    consistency: async (from: number, to: number): Promise<string[]> => {
      const nodes = new Map(
        treeOf(to).completed.map((node) => [`${node.level}/${node.index}`, node.hash] as const),
      );
      const path = await consistencyPath(BigInt(from), BigInt(to), (level, index) => {
        const hash = nodes.get(`${level}/${index}`);
        if (!hash) throw new Error(`${level}/${index} is not a complete subtree`);
        return hash;
      });
      return path.map((hash) => hash.toString('hex'));
    },
  };
}

/** A node of its own key that witnesses a log. */
export function testWitness(nodeId: string, key = generateKeyPairSync('ed25519').privateKey) {
  return {
    name: witnessName(nodeId),
    verifierKey: witnessVerifierKey(nodeId, key),
    /** The note with this witness's line. */
    cosign: (note: string, timestampS: number) => `${note}${cosign(note, nodeId, key, BigInt(timestampS))}\n`,
  };
}
