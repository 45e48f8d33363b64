import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { enrolmentWords, readWords, sixWords } from './six-words.ts';
import { WORDS } from './word-list.ts';

it('has 2048 words that four letters tell apart', () => {
  expect(WORDS).toHaveLength(2048);
  expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(2048);
});

it('takes the first 66 bits, eleven a word', () => {
  expect(sixWords(Buffer.alloc(32))).toEqual(Array(6).fill('abandon'));
  expect(sixWords(Buffer.alloc(32, 255))).toEqual(Array(6).fill('zoo'));
  const one = Buffer.alloc(32);
  one[1] = 0x20; // bit 10: the last of the first word
  expect(sixWords(one)).toEqual(['ability', ...Array(5).fill('abandon')]);
});

it('changes with the request, the key and the authority', () => {
  const fingerprint = createHash('sha256').update('ca').digest('hex');
  const words = enrolmentWords(Buffer.from('csr'), Buffer.alloc(32), fingerprint);
  expect(enrolmentWords(Buffer.from('csr2'), Buffer.alloc(32), fingerprint)).not.toEqual(words);
  expect(enrolmentWords(Buffer.from('csr'), Buffer.alloc(32, 1), fingerprint)).not.toEqual(words);
  expect(enrolmentWords(Buffer.from('csr'), Buffer.alloc(32), fingerprint.replace(/^./, '0'))).not.toEqual(
    words,
  );
  expect(readWords(` ${words.join('-').toUpperCase()} `)).toEqual(words);
});
