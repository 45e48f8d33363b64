import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyInMemory } from '#lib/crypto/key-custody';
import { publicKeyFromRaw } from '#lib/crypto/key-files';
import { openCheckpoint, signCheckpoint, signHead, verifierKey } from './checkpoint.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const origin = 'fdlr/test';
const checkpoint = { origin, size: 42n, root: Buffer.alloc(32, 7) };
const verifier = verifierKey(origin, privateKey);

test('the published verifier key has the key id that its name and key give', () => {
  const published = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const raw = Buffer.from(published.split('+').slice(2).join('+'), 'base64').subarray(1);
  expect(verifierKey('example.com/foo', publicKeyFromRaw(raw))).toBe(published);
});

test('a signed note opens to what was signed, in the form of the specification', () => {
  const note = signCheckpoint(checkpoint, privateKey);
  expect(note).toMatch(/^fdlr\/test\n42\n[A-Za-z0-9+/]{43}=\n\n\u2014 fdlr\/test [A-Za-z0-9+/=]+\n$/);
  expect(openCheckpoint(note, verifier)).toEqual(checkpoint);
});

test('a changed size, root or signature, another signer, and a truncated note are refused', () => {
  const note = signCheckpoint(checkpoint, privateKey);
  expect(() => openCheckpoint(note.replace('42', '43'), verifier)).toThrow(/does not match/);
  expect(() => openCheckpoint(note.replace('BwcH', 'CwcH'), verifier)).toThrow(/does not match/);
  const other = generateKeyPairSync('ed25519').privateKey;
  expect(() => openCheckpoint(signCheckpoint(checkpoint, other), verifier)).toThrow(/not signed by/);
  expect(() => openCheckpoint(note.slice(0, 20), verifier)).toThrow(/no signature block/);
});

test('a key in custody signs the same note as the key itself', async () => {
  const signer = { origin, key: keyInMemory(privateKey) };
  expect(await signHead(signer, checkpoint)).toBe(signCheckpoint(checkpoint, privateKey));
});

test('a note under another origin than its signer is refused', () => {
  const foreign = signCheckpoint({ ...checkpoint, origin: 'fdlr/other' }, privateKey);
  const renamed = foreign.replace(/\u2014 fdlr\/other .*/, '');
  expect(() => openCheckpoint(renamed, verifier)).toThrow(/not signed by/);
  expect(() =>
    openCheckpoint(foreign, verifierKey('fdlr/other', privateKey).replace('other', 'test')),
  ).toThrow(/does not have the id/);
});
