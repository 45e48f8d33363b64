import { describe, expect, it } from 'vitest';
import { drawnOf } from './request-drawn.ts';

const text = {
  state: 'answered' as const,
  mechanism: 'short-answer',
  parameters: {
    mode: 'exact',
    clip: { num: '1', den: '2' },
    tau: 1,
    maxTokens: 64,
    rhoPicoPerToken: '7629395',
    s: 256,
  },
  rhoPico: 64n * 7_629_395n,
  chargedRhoPico: 12n * 7_629_395n,
};
const consensus = {
  ...text,
  mechanism: 'consensus',
  parameters: { test: 'margin', testRhoPico: '259000000' },
  rhoPico: 433_000_000n,
};

describe('what was drawn', () => {
  it('is as many tokens as were charged', () => {
    expect(drawnOf(text)).toEqual({ tokens: 12, maxTokens: 64, clip: 0.5, givenBackRho: '0.00039672854' });
    expect(drawnOf({ ...text, chargedRhoPico: text.rhoPico })).toMatchObject({
      tokens: 64,
      givenBackRho: '0',
    });
  });

  it('is a label where more than the test was charged', () => {
    const of = (chargedRhoPico: bigint) => drawnOf({ ...consensus, chargedRhoPico });
    expect(of(433_000_000n)).toEqual({ test: 'margin', reached: true, givenBackRho: '0' });
    expect(of(259_000_000n)).toEqual({ test: 'margin', reached: false, givenBackRho: '0.000174' });
  });

  it.each([
    ['a vote', { mechanism: 'vote' }],
    ['one that failed', { state: 'failed' as const }],
    ['one in progress', { state: 'reserved' as const }],
    ['parameters of another version', { parameters: { clip: 1 } }],
    ['none at all', { parameters: null }],
  ])('is not known of %s', (_, change) => {
    expect(drawnOf({ ...text, ...change })).toBeNull();
  });
});
