import fc from 'fast-check';

/**
 * What can happen to a ledger, as plain data: keys and accounts are small numbers, amounts are pico-rho. A `noisy` move is
 * one whose COMMIT comes with a warning (noisy-commits.ts).
 */
export type Ask = {
  move: 'ask';
  key: number;
  body: number;
  amount: number;
  accounts: number[];
  /** Its time is over as soon as it is reserved. */
  due: boolean;
  noisy: boolean;
};
export type Settle = {
  move: 'settle';
  key: number;
  /** Counts among the keys that are reserved then, where there are any: most settlements have something to settle. */
  aimed: boolean;
  charge: number | null;
  failed: boolean;
  noisy: boolean;
};
export type Move =
  | Ask
  | Settle
  | { move: 'release'; key: number; aimed: boolean; noisy: boolean }
  | { move: 'reap' }
  | { move: 'freeze'; account: number }
  | { move: 'thaw'; account: number }
  | { move: 'cap'; account: number; cap: number };
/** Moves that are sent at the same moment. */
export type Step = Move[];

/** Small on purpose: with a cap of 50, planted bugs survived tens of thousands of runs; with 8 they die in hundreds. */
export const CAP = 8;
export const ACCOUNTS = 3;
const KEYS = 9;
const BODIES = 2;

const account = fc.nat({ max: ACCOUNTS - 1 });
const key = fc.nat({ max: KEYS - 1 });
const seldom = fc.nat({ max: 11 }).map((n) => n === 0);
const sometimes = fc.nat({ max: 3 }).map((n) => n === 0);

const mostly = sometimes.map((yes) => !yes);

const ask: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('ask' as const),
  key,
  // Mostly the same body: a conflict is the exception.
  body: fc.nat({ max: 3 }).map((n) => (n === 0 ? BODIES - 1 : 0)),
  amount: fc.integer({ min: 1, max: 3 }),
  accounts: fc.shuffledSubarray([...Array(ACCOUNTS).keys()], { minLength: 1 }),
  due: sometimes,
  noisy: seldom,
});
const settle: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('settle' as const),
  key,
  aimed: mostly,
  charge: fc.option<number, null>(fc.nat({ max: 2 }), { freq: 2, nil: null }),
  failed: sometimes,
  noisy: seldom,
});
const release: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('release' as const),
  key,
  aimed: mostly,
  noisy: seldom,
});
const reap: fc.Arbitrary<Move> = fc.constant({ move: 'reap' as const });
const freeze: fc.Arbitrary<Move> = fc.record({ move: fc.constant('freeze' as const), account });
const thaw: fc.Arbitrary<Move> = fc.record({ move: fc.constant('thaw' as const), account });
const cap: fc.Arbitrary<Move> = fc.record({
  move: fc.constant('cap' as const),
  account,
  cap: fc.integer({ min: 1, max: CAP + 1 }),
});

const anyMove = fc.oneof(
  { arbitrary: ask, weight: 10 },
  { arbitrary: settle, weight: 6 },
  { arbitrary: release, weight: 2 },
  { arbitrary: reap, weight: 2 },
  { arbitrary: freeze, weight: 1 },
  { arbitrary: thaw, weight: 2 },
  { arbitrary: cap, weight: 1 },
);

/** One move, many at once, or one key that several want to close or reserve at once. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: anyMove.map((move) => [move]), weight: 3 },
  { arbitrary: fc.array(anyMove, { minLength: 2, maxLength: 5 }), weight: 2 },
  { arbitrary: fc.array(ask, { minLength: 3, maxLength: 5 }), weight: 2 },
  {
    arbitrary: fc
      .tuple(key, fc.array(fc.oneof(settle, release, reap, ask), { minLength: 2, maxLength: 4 }))
      .map(([same, moves]) =>
        moves.map((move) => ('key' in move ? { ...move, key: same, aimed: false } : move)),
      ),
    weight: 1,
  },
);

/** The step with what it aims at named. */
export function aim(step: Step, reservedKeys: readonly number[]): Step {
  return step.map((move) =>
    'aimed' in move && move.aimed && reservedKeys.length > 0
      ? { ...move, key: reservedKeys[move.key % reservedKeys.length]! }
      : move,
  );
}

export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 6, maxLength: 12 });
