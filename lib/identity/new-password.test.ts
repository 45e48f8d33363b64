import { expect, it } from 'vitest';
import { newPasswordFault, passwordStrength } from './new-password.ts';

const owner = { email: 'ada.example@harbour.example', name: 'Ada Example' };

it.each([
  ['elevenchars', 'too_short'],
  ['x'.repeat(257), 'too_long'],
  ['ada.example@harbour.example', 'names_you'],
  ['Harbour.Example1', 'names_you'],
  ['aaaabbbbaaaabbbb', 'too_simple'],
  ['seven quiet harbours', null],
  ['päßwörter äöü', null],
])('%s: %s', (password, fault) => {
  expect(newPasswordFault(password, owner)).toBe(fault);
});

it('has a word for each strength', () => {
  const words = ['short', 'twelve chars', 'seven quiet harbours at dawn'];
  expect(words.map((password) => passwordStrength(password, owner))).toEqual(['weak', 'fair', 'strong']);
});
