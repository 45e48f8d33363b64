import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { signCheckpoint, verifierKey } from '../checkpoint.ts';
import { inclusionPath, leafHash, nodeHash } from '../merkle.ts';
import { type InclusionClaim, verifyInclusion } from './verify-inclusion.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const origin = 'fdlr/test';
const key = verifierKey(origin, privateKey);

/** A log of `size` entries as the server keeps it, and its proof for one of them. */
async function claimFor(size: number, index: number): Promise<InclusionClaim> {
  const entries = Array.from({ length: size }, (_, i) => `{"entry":"${i} \u2014 ü"}`);
  const hashOf = (level: number, at: bigint): Buffer =>
    level === 0
      ? leafHash(Buffer.from(entries[Number(at)]!))
      : nodeHash(hashOf(level - 1, 2n * at), hashOf(level - 1, 2n * at + 1n));
  const rootOf = (start: number, count: number): Buffer => {
    if (count === 1) return hashOf(0, BigInt(start));
    const split = 2 ** (Math.ceil(Math.log2(count)) - 1);
    return nodeHash(rootOf(start, split), rootOf(start + split, count - split));
  };
  const root = rootOf(0, size);
  const path = await inclusionPath(BigInt(index), BigInt(size), hashOf);
  return {
    entry: entries[index]!,
    leafHash: hashOf(0, BigInt(index)).toString('hex'),
    leafIndex: String(index),
    treeSize: String(size),
    rootHash: root.toString('hex'),
    path: path.map((hash) => hash.toString('hex')),
    checkpoint: signCheckpoint({ origin, size: BigInt(size), root }, privateKey),
    verifierKey: `${key}\n`,
  };
}

const HOLDS = { entry: 'holds', path: 'holds', head: 'holds', signature: 'holds' };
afterEach(() => vi.unstubAllGlobals());

describe('an inclusion proof, checked as a browser does', () => {
  it('holds for every leaf of trees of every shape', async () => {
    for (let size = 1; size <= 17; size++)
      for (let index = 0; index < size; index++)
        expect(await verifyInclusion(await claimFor(size, index))).toEqual({
          checks: HOLDS,
          overall: 'holds',
        });
  });

  const flip = (text: string) => (text.startsWith('0') ? `1${text.slice(1)}` : `0${text.slice(1)}`);
  const other = generateKeyPairSync('ed25519').privateKey;
  it.each<[string, (claim: InclusionClaim) => Partial<InclusionClaim>, object]>([
    ['another entry', () => ({ entry: '{"entry":"3 "}' }), { entry: 'fails' }],
    ['another leaf', ({ leafHash }) => ({ leafHash: flip(leafHash) }), { entry: 'fails', path: 'fails' }],
    ['another sibling', ({ path }) => ({ path: path.map(flip) }), { path: 'fails' }],
    ['a path cut short', ({ path }) => ({ path: path.slice(1) }), { path: 'fails' }],
    ['a path too long', ({ path }) => ({ path: [...path, path[0]!] }), { path: 'fails' }],
    ['another place', () => ({ leafIndex: '4' }), { path: 'fails' }],
    ['a place outside', () => ({ leafIndex: '11' }), { path: 'fails' }],
    ['another root', ({ rootHash }) => ({ rootHash: flip(rootHash) }), { path: 'fails', head: 'fails' }],
    [
      'a head of another size',
      ({ checkpoint }) => ({ checkpoint: checkpoint.replace('\n11\n', '\n12\n') }),
      { head: 'fails', signature: 'fails' },
    ],
    [
      'a head that somebody else signed',
      ({ rootHash }) => ({
        checkpoint: signCheckpoint({ origin, size: 11n, root: Buffer.from(rootHash, 'hex') }, other),
      }),
      { signature: 'fails' },
    ],
    [
      'a head without a signature',
      ({ checkpoint }) => ({ checkpoint: checkpoint.slice(0, 30) }),
      { head: 'fails', signature: 'fails' },
    ],
    ['another key', () => ({ verifierKey: verifierKey(origin, other) }), { signature: 'fails' }],
    [
      'the key of another log',
      () => ({ verifierKey: verifierKey('other', privateKey) }),
      { head: 'fails', signature: 'fails' },
    ],
    [
      'a key under a wrong id',
      () => ({ verifierKey: key.replace(/\+[0-9a-f]{8}\+/, '+00000000+') }),
      { signature: 'fails' },
    ],
    ['no hashes at all', () => ({ path: ['x'], rootHash: 'y' }), { path: 'fails', head: 'fails' }],
  ])('fails for %s', async (_, change, failing) => {
    const claim = await claimFor(11, 3);
    expect(await verifyInclusion({ ...claim, ...change(claim) })).toEqual({
      checks: { ...HOLDS, ...failing },
      overall: 'fails',
    });
  });

  it('is no verdict where the browser cannot hash or cannot check the signature', async () => {
    const claim = await claimFor(11, 3);
    const subtle = globalThis.crypto.subtle;
    const unsupported = () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
    vi.stubGlobal('crypto', { subtle: { digest: subtle.digest.bind(subtle), importKey: unsupported } });
    expect(await verifyInclusion(claim)).toEqual({
      checks: { ...HOLDS, signature: 'unable' },
      overall: 'unable',
    });
    vi.stubGlobal('crypto', {});
    expect((await verifyInclusion(claim)).overall).toBe('unable');
  });
});
