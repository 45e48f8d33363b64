import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { witnessVerifierKey } from '#lib/audit-log/cosignature';
import { distinctWitnesses, requireKey, requireQuorum } from './log-verify-options.ts';

const witness = witnessVerifierKey(randomUUID(), generateKeyPairSync('ed25519').privateKey);

test('a key that is no key is the caller’s mistake, not the log’s', () => {
  expect(() => requireKey('abc', '--key')).toThrow(/--key abc: the verifier key is malformed/);
  expect(() => requireKey(witness, '--key')).toThrow(/malformed/);
  expect(() => distinctWitnesses([witness, 'abc'])).toThrow(/--witness abc/);
});

test('one witness counts once', () => {
  expect(distinctWitnesses([witness, ` ${witness}`, `${witness}\n`])).toEqual([witness]);
});

test('a quorum is at least one, and no more than are named', () => {
  for (const text of ['0', 'most', '-1', '00000']) expect(() => requireQuorum(text, 0)).toThrow(/at least 1/);
  expect(() => requireQuorum('2', 1)).toThrow(/more than the 1/);
  expect(requireQuorum('2', 0)).toBe(2);
});
