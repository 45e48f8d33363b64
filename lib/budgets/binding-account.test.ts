import { describe, expect, it } from 'vitest';
import { bindingAccount, questionsLeft } from './binding-account.ts';

const user = { kind: 'user', remainingRho: '0.5' } as const;
const department = { kind: 'department', remainingRho: '0.25' } as const;
const organisation = { kind: 'organisation', remainingRho: '20' } as const;
const dataset = { kind: 'dataset', remainingRho: '1.5' } as const;

describe('the account that binds', () => {
  it('is the one with the least left, for a person who asks', () => {
    expect(bindingAccount([user, department, organisation], false)).toBe(department);
  });

  it('is one that many people draw on, for an overseer', () => {
    expect(bindingAccount([user, department, organisation, dataset], true)).toBe(dataset);
    expect(bindingAccount([user, department], true)).toBe(department);
  });

  it('is none without accounts', () => {
    expect(bindingAccount([], false)).toBeNull();
  });
});

it('counts the questions that fit, never one too many', () => {
  expect(questionsLeft('1.783', 433_000_000n)).toBe(4117n);
  expect(questionsLeft('0.000432999999', 433_000_000n)).toBe(0n);
});
