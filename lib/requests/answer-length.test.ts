import { expect, it } from 'vitest';
import * as roundHeader from '#lib/nodes/round-header';
import { ANSWER_LENGTHS, DEFAULT_ANSWER_LENGTH, MAX_ANSWER_TOKENS } from './answer-length.ts';

it('is what a round may ask of a node', () => {
  expect(MAX_ANSWER_TOKENS).toBe(roundHeader.MAX_ANSWER_TOKENS);
  expect(Math.max(...ANSWER_LENGTHS)).toBeLessThanOrEqual(MAX_ANSWER_TOKENS);
  expect(ANSWER_LENGTHS).toContain(DEFAULT_ANSWER_LENGTH);
});
