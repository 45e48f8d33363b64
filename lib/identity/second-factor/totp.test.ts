import { Secret } from 'otpauth';
import { expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, totpSetup } from './totp.ts';

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
const RFC_SECRET = new TextEncoder().encode('12345678901234567890');
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
] as const;

it.each(VECTORS)('the code at %i s is the one of RFC 6238', (seconds, code) => {
  const now = new Date(seconds * 1000);
  expect(stepOfCode(RFC_SECRET, code, now)).toBe(BigInt(Math.floor(seconds / 30)));
});

it('a clock may be one step off, and not two', () => {
  const at = (seconds: number) => stepOfCode(RFC_SECRET, '287082', new Date(seconds * 1000));
  expect([at(30), at(60 + 29), at(0)].map(String)).toEqual(['1', '1', '1']);
  expect([at(90), at(150)]).toEqual([null, null]);
});

it('tells an app what it needs, as every app reads it', () => {
  const secret = newTotpSecret();
  const setup = totpSetup(secret, 'FDLR Harbour Health', 'dpo@harbour.example');
  const uri = new URL(setup.uri);
  expect(setup.uri).toMatch(/^otpauth:\/\/totp\/FDLR%20Harbour%20Health:dpo%40harbour\.example\?/);
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    issuer: 'FDLR Harbour Health',
    secret: setup.secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  expect(new Uint8Array(Secret.fromBase32(setup.secret).buffer)).toEqual(secret);
  expect(secret).toHaveLength(20);
});
