import { expect, it } from 'vitest';
import { remember } from './remember.ts';
import { rememberedRho } from './remembered-rho.ts';
import { rhoFromEpsilon } from './zcdp.ts';

it('finds once what is asked for again, and never something else', () => {
  let finds = 0;
  const found = remember((epsilon, delta) => {
    finds += 1;
    return `${epsilon} at ${delta}`;
  });
  for (let again = 0; again < 3; again += 1) {
    expect(found(0.1, 1e-5)).toBe('0.1 at 0.00001');
    expect(found(0.1, 1e-6)).toBe('0.1 at 0.000001');
    expect(found(0.2, 1e-5)).toBe('0.2 at 0.00001');
  }
  expect(finds).toBe(3);
});

it('does not grow for ever', () => {
  let finds = 0;
  const found = remember((epsilon) => {
    finds += 1;
    return epsilon;
  });
  for (let epsilon = 1; epsilon <= 5000; epsilon += 1) expect(found(epsilon, 1e-5)).toBe(epsilon);
  expect(found(1, 1e-5)).toBe(1);
  expect(finds).toBe(5001);
});

it('remembers costs, and no refusal', () => {
  for (let again = 0; again < 2; again += 1) {
    expect(rememberedRho(0.1, 1e-5)).toBe(rhoFromEpsilon(0.1, 1e-5));
    expect(() => rememberedRho(Number.NaN, 1e-5)).toThrow(/^epsilon/);
    expect(() => rememberedRho(1, 1)).toThrow(/^delta/);
  }
});
