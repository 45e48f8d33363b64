import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { consistencyPath } from '../../audit-rows/consistency-path.ts';
import { rawPublicKey } from '../../crypto/key-files.ts';
import { signCheckpoint, verifierKey } from '../checkpoint.ts';
import { appendLeaves, leafHash, rootOfPeaks } from '../merkle.ts';
import { sha256, utf8 } from './bytes.ts';

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

const COSIGNATURE = Uint8Array.of(4);

/** A witness of its own key: its verifier key and how it signs a note (C2SP tlog-cosignature v1). */
export async function testWitness(name: string, key: KeyObject = generateKeyPairSync('ed25519').privateKey) {
  const raw = rawPublicKey(key);
  const id = Buffer.from(await sha256(utf8(`${name}\n`), COSIGNATURE, raw)).subarray(0, 4);
  return {
    name,
    verifierKey: `${name}+${id.toString('hex')}+${Buffer.concat([COSIGNATURE, raw]).toString('base64')}`,
    cosign(note: string, timestampS: number): string {
      const text = note.slice(0, note.indexOf('\n\n') + 1);
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(BigInt(timestampS));
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${timestampS}\n${text}`), key);
      return `${note}\u2014 ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`;
    },
  };
}
