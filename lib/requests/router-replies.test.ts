import { expect, it } from 'vitest';
import { quoteAccountSchema } from './router-replies.ts';

const WITHHELD = {
  id: null,
  kind: 'dataset',
  name: 'Records of a hospital',
  sufficient: true,
  state: null,
  cap: null,
  spent: null,
  reserved: null,
  remaining: null,
  remainingAfter: null,
  epsilonCap: null,
  epsilonSpent: null,
  delta: null,
};
const READABLE = {
  id: '0b0e2f4c-6a58-4f0e-9a3c-0d3b4b0e8f11',
  kind: 'user',
  name: 'A person',
  sufficient: false,
  state: 'open',
  cap: '1.783',
  spent: '1.782999',
  reserved: '0',
  remaining: '0.000001',
  remainingAfter: '0',
  epsilonCap: 10,
  epsilonSpent: 9.99,
  delta: '0.00001',
};

it('reads an account that the caller may see, and one that is only enough or not', () => {
  expect(quoteAccountSchema.parse(READABLE)).toEqual(READABLE);
  expect(quoteAccountSchema.parse(WITHHELD)).toEqual({
    id: null,
    kind: 'dataset',
    name: 'Records of a hospital',
    sufficient: true,
  });
});

it('does not take a readable account without its figures', () => {
  expect(quoteAccountSchema.safeParse({ ...READABLE, remaining: null }).success).toBe(false);
  expect(quoteAccountSchema.safeParse({ ...WITHHELD, sufficient: undefined }).success).toBe(false);
});
