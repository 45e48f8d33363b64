import type { Pool } from '#lib/db/pool';
import { commitMoves, resultOf } from './commit-moves.ts';
import { isOfTheConnection, mayHaveCommitted } from './failed-batch.ts';
import { type Move, type Outcome, type Result, requestIdOf } from './move.ts';

/** So many moves commit together at most: a statement of some hundred rows costs a few milliseconds. */
const MAX_BATCH = 200;

type Waiting = { move: Move; accountIds: readonly string[]; done: (outcome: Outcome) => void };

/**
 * Moves that wait, and one transaction at a time. A move that finds the lane idle begins one at once; those that come
 * while it runs go together in the next.
 */
export class Lane {
  readonly #pool: Pool;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  #underWay = 0;
  /** How many moves, waiting or under way, concern an account. */
  readonly #atAccount = new Map<string, number>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Moves that were given and are not answered yet. */
  get load(): number {
    return this.#waiting.length + this.#underWay;
  }

  /** How many of these accounts the lane is at. */
  sharedWith(accountIds: readonly string[]): number {
    let shared = 0;
    for (const accountId of accountIds) if (this.#atAccount.has(accountId)) shared += 1;
    return shared;
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** @param accountIds as far as they are known. */
  make(move: Move, accountIds: readonly string[]): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const done = (outcome: Outcome) => (outcome.ok ? resolve(outcome.result) : reject(outcome.error));
    this.#waiting.push({ move, accountIds, done });
    for (const id of accountIds) this.#atAccount.set(id, (this.#atAccount.get(id) ?? 0) + 1);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return promise;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commitNext();
  }

  async #commitNext(): Promise<void> {
    let batch: Waiting[] | null = null;
    // Who comes while the transaction begins still goes with it.
    const take = () => {
      batch ??= this.#take();
      return batch.map(({ move }) => move);
    };
    let outcomes: Outcome[];
    try {
      outcomes = await commitMoves(this.#pool, take);
    } catch (error) {
      batch ??= this.#take();
      outcomes = await this.#afterFailure(batch, error);
    }
    this.#underWay = 0;
    for (const [i, { accountIds, done }] of (batch ?? []).entries()) {
      this.#leave(accountIds);
      done(outcomes[i]!);
    }
  }

  #leave(accountIds: readonly string[]) {
    for (const id of accountIds) {
      const left = (this.#atAccount.get(id) ?? 0) - 1;
      if (left > 0) this.#atAccount.set(id, left);
      else this.#atAccount.delete(id);
    }
  }

  /** The oldest first. A second move of one request waits for the first to be committed. */
  #take(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const requestIds = new Set<string>();
    for (const waiting of this.#waiting) {
      const requestId = requestIdOf(waiting.move);
      if (batch.length >= MAX_BATCH || requestIds.has(requestId)) later.push(waiting);
      else batch.push(waiting);
      requestIds.add(requestId);
    }
    this.#waiting = later;
    this.#underWay = batch.length;
    return batch;
  }

  /**
   * A batch that was rolled back because of one of its moves is made again one by one, so that the one fails alone.
   * What may have committed is not tried again, and a database that cannot be reached is not asked for each.
   */
  async #afterFailure(batch: readonly Waiting[], error: unknown): Promise<Outcome[]> {
    const failed = (reason: unknown): Outcome => ({ ok: false, error: reason });
    if (batch.length === 1 || mayHaveCommitted(error) || isOfTheConnection(error)) {
      return batch.map(() => failed(error));
    }
    const outcomes: Outcome[] = [];
    for (const { move } of batch) {
      try {
        outcomes.push({ ok: true, result: resultOf(await commitMoves(this.#pool, () => [move])) });
      } catch (reason) {
        outcomes.push(failed(reason));
        if (isOfTheConnection(reason)) break;
      }
    }
    const last = outcomes.at(-1)!;
    return batch.map((_, i) => outcomes[i] ?? last);
  }
}
