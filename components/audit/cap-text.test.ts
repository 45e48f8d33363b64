import { expect, it } from 'vitest';
import { capText } from './cap-text.ts';

it('says a cap as epsilon too where the delta is known', () => {
  expect(capText('1000000000000', '0.00001', 'en')).toMatch(/^ρ 1 \(ε \d\.\d\d · δ 1e-5\)$/);
  expect(capText('1000000000000', null, 'en')).toBe('ρ 1');
  expect(capText(null, '0.00001', 'en')).toBe('–');
});
