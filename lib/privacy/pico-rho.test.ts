import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRho, parseRho, RHO_PICO_PER_UNIT, rhoPicoToNumber } from './pico-rho.ts';

describe('pico-rho', () => {
  it('writes exact decimals without exponent or trailing zeros', () => {
    expect(formatRho(0n)).toBe('0');
    expect(formatRho(1n)).toBe('0.000000000001');
    expect(formatRho(433_000_000n)).toBe('0.000433');
    expect(formatRho(10n * RHO_PICO_PER_UNIT)).toBe('10');
    expect(formatRho(-1_500_000_000_000n)).toBe('-1.5');
    expect(formatRho(10n ** 30n + 1n)).toBe('1000000000000000000.000000000001');
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (rhoPico) => {
        expect(parseRho(formatRho(rhoPico))).toBe(rhoPico);
      }),
    );
  });

  it.each(['', '-1', '+1', '1.', '.5', '01', '1e3', ' 1', '1 ', '1,5', '0x1', 'NaN', '0.0000000000001'])(
    'refuses %j',
    (text) => {
      expect(() => parseRho(text)).toThrow(RangeError);
    },
  );

  it('converts to a float for display', () => {
    expect(rhoPicoToNumber(1_783_000_000_000n)).toBe(1.783);
  });
});
