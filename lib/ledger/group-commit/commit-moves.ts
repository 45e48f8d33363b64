import type { Pool, PoolClient } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { transaction } from '#lib/db/transaction';
import { decide } from './decide.ts';
import type { Move, Outcome } from './move.ts';
import { takeStock } from './take-stock.ts';
import { writePages } from './write-pages.ts';

/**
 * A plan for arrays of one seems so much cheaper than one for arrays of any length that Postgres would make a new one
 * for every move, at several times what the move itself costs. Each statement here has one good plan.
 */
export const PLANS_KEPT = 'SET LOCAL plan_cache_mode = force_generic_plan';

/**
 * Makes moves in one transaction, in their order. What only one of them is refused for is its outcome; what is thrown
 * concerns all of them: none has happened, or, after an UnknownCommitError, nobody knows.
 * @param take the moves, asked for once the transaction has begun. No two of them may be about the same request.
 */
export async function commitMoves(pool: Pool, take: () => readonly Move[]): Promise<Outcome[]> {
  return transaction(pool, (client) => makeMoves(prepared(client), take(), null), PLANS_KEPT);
}

/**
 * The same in the caller's transaction, so that many can commit together.
 * @param at when it was asked; null is now.
 */
export async function makeMoves(
  client: PoolClient,
  moves: readonly Move[],
  at: Date | null,
): Promise<Outcome[]> {
  const stock = await takeStock(client, moves, at);
  const decision = decide(moves, stock, at);
  await writePages(client, decision, at);
  return decision.outcomes;
}

/** A single move's result. @throws what it was refused for. */
export function resultOf([outcome]: readonly Outcome[]) {
  if (!outcome) throw new Error('a move has no outcome');
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}
