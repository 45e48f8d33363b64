import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testEnv } from '#lib/env';
import { accountCase, readsMultiplierTwoWays } from './account-case.ts';
import { parseCases } from './case-file.ts';
import { composeRdp } from './rdp/rdp.ts';

/** Every case of dp_accounting 0.6.0 that is recorded there, within the rules recorded beside them. */
const shared = testEnv().FDLR_SHARED ?? join(import.meta.dirname, '../../../../shared');
const file = join(shared, 'data/accounting.json');

type Expected = {
  id: string;
  family: string;
  delta: number;
  events: { type: string; q?: number; count: number }[];
  rdp: { epsilon: number; optimal_order: number; rdp_at: Record<string, number> } | null;
  pld: { epsilon: number } | null;
  exact_gaussian_epsilon?: number;
  zcdp_continuous_alpha_epsilon?: number;
  bounded_range_tight_rdp_at?: Record<string, number>;
  bounded_range_tight_rdp_epsilon?: number;
};

describe.skipIf(!existsSync(file))('the reference cases (need FDLR_SHARED or ../shared)', () => {
  const content: { cases: Expected[] } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { cases: [] };
  const cases = parseCases(
    content.cases.length > 0 ? content : { events: [{ type: 'zcdp', rho: 0 }], delta: 0.5 },
  );

  it('are 81', () => expect(content.cases.length).toBe(81));

  it.each(content.cases.map((expected, i) => [expected.id, expected.family, expected, i] as const))(
    '%s %s',
    (_id, _family, expected, i) => {
      const input = cases[i]!;
      const got = accountCase(input);
      checkRdp(got.rdp, expected);
      if (expected.pld === null) expect(got.pld).toBeNull();
      else
        expect(Math.abs(got.pld! - expected.pld.epsilon)).toBeLessThanOrEqual(
          1e-3 * expected.pld.epsilon + 2e-4,
        );
      if (expected.exact_gaussian_epsilon === undefined) expect(got.exact).toBeNull();
      else {
        const exact = expected.exact_gaussian_epsilon;
        expect(Math.abs(got.exact! - exact)).toBeLessThanOrEqual(1e-9 * exact);
        expect(got.pld!).toBeGreaterThanOrEqual(exact - 1e-6);
        expect(got.zcdp!).toBeGreaterThanOrEqual(exact - 1e-6);
        if (!readsMultiplierTwoWays(input)) expect(got.rdp!).toBeGreaterThanOrEqual(exact - 1e-6);
      }
      const zcdp = expected.zcdp_continuous_alpha_epsilon;
      if (zcdp !== undefined) expect(Math.abs(got.zcdp! - zcdp)).toBeLessThanOrEqual(1e-7 * zcdp);
    },
  );

  it('agree at single orders, which no choice of the best order hides', () => {
    for (const [i, { rdp, family }] of content.cases.entries()) {
      if (rdp === null || family.startsWith('poisson')) continue;
      const orders = Object.keys(rdp.rdp_at).map(Number);
      const curve = composeRdp(cases[i]!.events, cases[i]!.adjacency, orders)!;
      for (const [at, order] of orders.entries()) {
        const want = rdp.rdp_at[order.toFixed(1)]!;
        expect(Math.abs(curve.values[at]! - want)).toBeLessThanOrEqual(1e-9 * want + 1e-12);
      }
    }
  });

  it('agree with the tight bounded-range form where they record it', () => {
    for (const { events, bounded_range_tight_rdp_at: at } of content.cases) {
      if (at === undefined) continue;
      const { epsilon: eta, count } = events[0] as { epsilon?: number; count: number };
      const orders = Object.keys(at).map(Number);
      const curve = composeRdp([{ type: 'bounded_range', eta: eta!, count }], 'add_or_remove_one', orders)!;
      for (const [i, order] of orders.entries()) {
        const want = at[order.toFixed(1)]!;
        expect(Math.abs(curve.values[i]! - want)).toBeLessThanOrEqual(1e-7 * want);
      }
    }
  });
});

/** The rule of the file: at real orders of large sampling rates the reference leaves orders out, and a better one may win. */
function checkRdp(got: number | null, { rdp, pld, events }: Expected): void {
  if (rdp === null) {
    expect(got).toBeNull();
    return;
  }
  const rates = events.filter(({ type }) => type === 'poisson_gaussian').map(({ q }) => q!);
  if (rates.some((q) => q > 0.1) && !Number.isInteger(rdp.optimal_order)) {
    expect(got!).toBeLessThanOrEqual(rdp.epsilon * (1 + 1e-6));
    expect(got!).toBeGreaterThanOrEqual(pld!.epsilon * (1 - 1e-3));
    return;
  }
  const tolerance = rates.length > 0 && !Number.isInteger(rdp.optimal_order) ? 1e-4 : 1e-6;
  expect(Math.abs(got! - rdp.epsilon)).toBeLessThanOrEqual(tolerance * rdp.epsilon);
}
