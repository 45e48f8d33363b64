import { chargeInFull, type Model, type Outcome, outcomesOf, unknown, type Verdict } from './model.ts';
import type { Move, Step } from './moves.ts';

type Done = { move: Move; verdict: Verdict };

/** What was seen of the ledger: verdicts of moves that ran at once, and what stands in the database afterwards. */
export type Seen = {
  verdicts: readonly Verdict[];
  /** How many reservations the reapers of this step said they charged; null when one of them could not know. */
  reaped: number | null;
  /** Whether the model stands in the database. */
  stands: (model: Model) => boolean;
};

/**
 * Finds an order of the moves of a step, one after the other, in which the model gives every verdict that was seen and
 * ends as the database stands. Null when there is none: then the ledger did what no honest one can.
 * @param sharesCommits whether moves commit together, so that a warning at one's COMMIT reaches the others.
 */
export function explain(before: Model, step: Step, seen: Seen, sharesCommits: boolean): Model | null {
  const moves = step.flatMap((move, i): Done[] =>
    move.move === 'reap' ? [] : [{ move, verdict: seen.verdicts[i]! }],
  );
  const anyNoise = sharesCommits && step.some((move) => 'noisy' in move && move.noisy);
  const reaps = step.some((move) => move.move === 'reap');
  // A reaper charges what was due when it looked; of what became due meanwhile it may see some.
  const mustClose = Object.entries(before.requests).flatMap(([key, request]) =>
    reaps && seen.reaped !== null && request.due && request.state === 'reserved' ? [Number(key)] : [],
  );
  return search(before, moves, 0);

  function search(model: Model, left: readonly Done[], charged: number): Model | null {
    if (left.length === 0 && (seen.reaped ?? charged) === charged && isOver(model) && seen.stands(model))
      return model;
    for (const [i, { move, verdict }] of left.entries()) {
      const rest = left.toSpliced(i, 1);
      for (const outcome of outcomes(model, move as Exclude<Move, { move: 'reap' }>)) {
        const found = outcome.verdict === verdict ? search(outcome.after, rest, charged) : null;
        if (found) return found;
      }
    }
    if (!reaps || charged === seen.reaped) return null;
    for (const [key, request] of Object.entries(model.requests)) {
      if (!request.due || request.state !== 'reserved') continue;
      const found = search(chargeInFull(model, Number(key)), left, charged + 1);
      if (found) return found;
    }
    return null;
  }

  function outcomes(model: Model, move: Exclude<Move, { move: 'reap' }>): Outcome[] {
    const own = outcomesOf(model, move);
    if (!anyNoise) return own;
    return own.flatMap((outcome) => [outcome, ...unknown(model, outcome.after)]);
  }

  function isOver(model: Model): boolean {
    return mustClose.every((key) => model.requests[key]!.state !== 'reserved');
  }
}
