import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type KeptHead, keepHead, recallHead } from './kept-head.ts';
import { testLog, testWitness } from './testing-log.ts';
import { nodesSigned } from './verify-cosignatures.ts';
import { verifyHead } from './verify-head.ts';

const log = testLog();
const keyOf = new Map(['1', '2', '3'].map((id) => [id, generateKeyPairSync('ed25519').privateKey]));
const witnesses = [...keyOf].map(([nodeId, key]) => testWitness(nodeId, key));
const keys = witnesses.map(({ verifierKey }) => verifierKey);
const kept = (size: number, of = log): KeptHead => ({
  size: String(size),
  rootHash: of.rootHash(size),
  checkpoint: of.checkpoint(size),
  verifierKey: of.verifierKey,
  witnesses: keys,
  seenAtMs: 1,
});
const claim = (size: number, of = log) => ({
  checkpoint: of.checkpoint(size),
  verifierKey: of.verifierKey,
  witnesses: keys,
});
const provedBy =
  (of = log) =>
  (from: string, to: string) =>
    of.consistency(Number(from), Number(to));
const never = () => Promise.reject(new Error('not to be asked'));
afterEach(() => vi.unstubAllGlobals());

describe('the head of the log, checked as a browser does', () => {
  it('holds when it is the first one this browser sees', async () => {
    const verdict = await verifyHead(claim(11), null, never);
    expect(verdict).toMatchObject({ signature: 'holds', continues: null, faults: [], overall: 'holds' });
    expect(verdict.head).toEqual({ origin: log.origin, size: '11', rootHash: log.rootHash(11) });
  });

  it('holds when it continues the one that was kept, or is the same', async () => {
    for (const size of [4, 7, 11]) {
      const verdict = await verifyHead(claim(11), kept(size), provedBy());
      expect(verdict).toMatchObject({ continues: 'holds', faults: [], overall: 'holds' });
    }
  });

  it('counts the hospitals that signed it too, and when they did', async () => {
    const note = witnesses[1]!.cosign(witnesses[0]!.cosign(log.checkpoint(11), 1_700_000_000), 1_700_000_007);
    const verdict = await verifyHead({ ...claim(11), checkpoint: note }, kept(7), provedBy());
    expect(verdict.overall).toBe('holds');
    expect(verdict.cosigned.map(({ result, timestampS }) => [result, timestampS])).toEqual([
      ['holds', 1_700_000_000],
      ['holds', 1_700_000_007],
      ['absent', null],
    ]);
  });

  it('one witness given several times, by its name or by its key, is a fault and counts once', async () => {
    const [first, second] = witnesses;
    const sameKey = testWitness('4', keyOf.get('1')!);
    const note = sameKey.cosign(first!.cosign(log.checkpoint(11), 5), 5);
    const other = testWitness('1').verifierKey;
    for (const more of [
      [first!, first!, first!].map(({ verifierKey }) => verifierKey),
      [` ${first!.verifierKey}`],
      [sameKey.verifierKey],
      [other],
    ]) {
      const claimed = { ...claim(11), checkpoint: note, witnesses: [first!.verifierKey, ...more] };
      const verdict = await verifyHead(claimed, null, never);
      expect(verdict).toMatchObject({ faults: ['witness_again'], overall: 'fails' });
      expect(nodesSigned(verdict.cosigned, ['1', '2', '3', '4'])).toBe(1);
    }
    const both = { ...claim(11), checkpoint: second!.cosign(note, 6) };
    const verdict = await verifyHead(both, null, never);
    expect(verdict.faults).toEqual([]);
    expect(nodesSigned(verdict.cosigned, ['1', '2', '3'])).toBe(2);
    // Whoever is no node of the federation counts for nothing.
    expect(nodesSigned(verdict.cosigned, ['2', '3'])).toBe(1);
  });

  it('names a fork: other entries than were there, under the same key', async () => {
    const forked = testLog('another', log.key);
    for (const prove of [provedBy(), provedBy(forked)])
      expect(await verifyHead(claim(11, forked), kept(7), prove)).toMatchObject({
        signature: 'holds',
        continues: 'fails',
        faults: ['fork'],
        overall: 'fails',
      });
    expect(await verifyHead(claim(7, forked), kept(7), never)).toMatchObject({ faults: ['fork'] });
  });

  it('names a log that was rolled back', async () => {
    expect(await verifyHead(claim(6), kept(7), never)).toMatchObject({
      signature: 'holds',
      faults: ['rollback'],
      overall: 'fails',
    });
  });

  it('names a forged head, and one under another key', async () => {
    const forged = claim(11).checkpoint.replace('\n11\n', '\n12\n');
    expect((await verifyHead({ ...claim(11), checkpoint: forged }, null, never)).faults).toEqual([
      'signature',
    ]);
    const other = testLog('true', generateKeyPairSync('ed25519').privateKey);
    expect(await verifyHead(claim(11, other), kept(7), provedBy())).toMatchObject({
      signature: 'holds',
      faults: ['log_key'],
      overall: 'fails',
    });
    for (const checkpoint of ['', 'no head', 'fdlr/test\nx\nroot\n\n— fdlr/test AAAA\n'])
      expect(await verifyHead({ ...claim(11), checkpoint }, kept(7), never)).toMatchObject({
        head: null,
        faults: ['signature'],
        overall: 'fails',
      });
  });

  it('names a proof that was tampered with', async () => {
    const tampered = async (from: string, to: string) => (await provedBy()(from, to)).toReversed();
    expect((await verifyHead(claim(11), kept(7), tampered)).faults).toEqual(['fork']);
  });

  it('names a false co-signature, and a witness under another key', async () => {
    const impostor = testWitness('1');
    const forged = impostor.cosign(log.checkpoint(11), 5).split('\n').at(-2)!;
    // The impostor's signature under the id of the witness's key.
    const line = `${forged.split(' ').slice(0, 2).join(' ')} ${Buffer.concat([
      Buffer.from(keys[0]!.split('+')[1]!, 'hex'),
      Buffer.from(forged.split(' ')[2]!, 'base64').subarray(4),
    ]).toString('base64')}`;
    const checkpoint = `${log.checkpoint(11)}${line}\n`;
    expect((await verifyHead({ ...claim(11), checkpoint }, null, never)).faults).toEqual(['cosignature']);
    const changed = { ...claim(11), witnesses: [impostor.verifierKey, ...keys.slice(1)] };
    expect((await verifyHead(changed, kept(7), provedBy())).faults).toEqual(['witness_key']);
  });

  it('a witness that goes and comes back under another key is named at both looks', async () => {
    const items = new Map<string, string>();
    const store = {
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, value),
      removeItem: (name: string) => void items.delete(name),
    };
    const look = async (size: number, given: string[]) => {
      const before = recallHead(store, log.origin);
      const verdict = await verifyHead({ ...claim(size), witnesses: given }, before, provedBy());
      if (verdict.overall === 'holds') keepHead(store, log.origin, { ...kept(size), witnesses: given });
      return verdict;
    };
    expect(await look(7, keys)).toMatchObject({ missing: [], faults: [] });
    const gone = { missing: ['fdlr-node/1'], faults: [], overall: 'holds' };
    expect(await look(8, keys.slice(1))).toMatchObject(gone);
    expect(await look(9, keys.slice(1))).toMatchObject(gone);
    const swapped = [testWitness('1').verifierKey, ...keys.slice(1)];
    expect(await look(11, swapped)).toMatchObject({ missing: [], faults: ['witness_key'], overall: 'fails' });
  });

  it('a signature of another head does not count for this one', async () => {
    const line = witnesses[0]!.cosign(log.checkpoint(10), 5).split('\n').at(-2)!;
    const verdict = await verifyHead(
      { ...claim(11), checkpoint: `${log.checkpoint(11)}${line}\n` },
      null,
      never,
    );
    expect(verdict.faults).toEqual(['cosignature']);
  });

  it('is no verdict without a proof, or where the browser cannot check', async () => {
    expect(await verifyHead(claim(11), kept(7), never)).toMatchObject({
      continues: 'unable',
      faults: [],
      overall: 'unable',
    });
    vi.stubGlobal('crypto', {});
    expect((await verifyHead(claim(11), null, never)).overall).toBe('unable');
  });
});
