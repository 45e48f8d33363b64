import { expect, it } from 'vitest';
import { givenBackRho } from './given-back.ts';

const text = { tokens: 3, maxTokens: 64, clip: 1, ended: 'caller' as const };
const test = { test: 'threshold' as const, reached: false };

it.each([
  ['the tokens that were not drawn', { rho: '0.000009', drawn: text }, null, '0.000183'],
  ['all of it before the first token', { rho: '0', drawn: { ...text, tokens: 0 } }, '0.000192', '0.000192'],
  ['nothing of a whole text', { rho: '0.000192', drawn: { ...text, tokens: 64 } }, null, '0'],
  ['the price of the vote that was not drawn', { rho: '0.00026', drawn: test }, '0.000433', '0.000173'],
  ['nothing of a consensus', { rho: '0.000433', drawn: { ...test, reached: true } }, '0.000433', '0'],
  ['what nobody here knows', { rho: '0.00026', drawn: test }, null, null],
  ['nothing to speak of for a vote', { rho: '0.000433', drawn: null }, '0.000433', null],
])('is %s', (_, statement, quoted, expected) => {
  expect(givenBackRho(statement, quoted)).toBe(expected);
});
