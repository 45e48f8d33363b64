import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { headerSigner, verifyHeader } from './header-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

test('headers of one turn share one signature, those of the next have another, and each holds alone', async () => {
  const sign = headerSigner(privateKey);
  const hashes = Array.from({ length: 5 }, () => randomBytes(32));
  const together = await Promise.all(hashes.map(sign));
  expect(new Set(together.map(({ signature }) => signature)).size).toBe(1);
  for (const [i, h] of hashes.entries()) {
    expect(verifyHeader(h, together[i]!, publicKey)).toBe(true);
    expect(verifyHeader(h, together[(i + 1) % 5]!, publicKey)).toBe(false);
  }
  const alone = await sign(hashes[0]!);
  expect(alone.path).toEqual([]);
  expect(verifyHeader(hashes[0]!, alone, publicKey)).toBe(true);
});
