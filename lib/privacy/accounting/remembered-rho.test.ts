import { expect, it } from 'vitest';
import { rememberedRho } from './remembered-rho.ts';
import { rhoFromEpsilon } from './zcdp.ts';

it('is rhoFromEpsilon, at first, again and after much else', () => {
  for (const round of [1, 2, 3]) {
    for (const [epsilon, delta] of [
      [0.1, 1e-5],
      [0.1, 1e-6],
      [10, 1e-5],
    ] as const) {
      expect(rememberedRho(epsilon, delta)).toBe(rhoFromEpsilon(epsilon, delta));
    }
    for (let i = 1; i <= 2100; i += 1) rememberedRho(round + i / 10_000, 1e-5);
  }
});

it('refuses what rhoFromEpsilon refuses, every time', () => {
  for (let i = 0; i < 2; i += 1) {
    expect(() => rememberedRho(Number.NaN, 1e-5)).toThrow(/^epsilon/);
    expect(() => rememberedRho(1, 1)).toThrow(/^delta/);
  }
});
