import { expect, it } from 'vitest';
import { leadOf } from './request-lead.ts';

const consensus = { test: 'margin' as const, givenBackRho: '0.1' };
const text = { maxTokens: 16, clip: 0.5, givenBackRho: '0.1' };

it.each([
  ['no_consensus', 'answered', { ...consensus, reached: false }],
  ['answered', 'answered', { ...consensus, reached: true }],
  ['stopped', 'answered_free', { ...text, tokens: 0 }],
  ['answered', 'answered', { ...text, tokens: 1 }],
  ['answered_free', 'answered_free', null],
  ['failed', 'failed', null],
] as const)('leads with %s where it is %s', (lead, outcome, drawn) => {
  expect(leadOf({ outcome, drawn })).toBe(lead);
});
