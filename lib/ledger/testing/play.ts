import { randomUUID } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { UnknownCommitError } from '#lib/db/transaction';
import { ConflictError, ExhaustedError } from '#lib/errors';
import type { Ledger } from '../ledger.ts';
import { replay } from '../replay.ts';
import { deriveRequestId } from '../request-id.ts';
import type { Settled } from '../settle.ts';
import { explain } from './explain.ts';
import { faultsOf } from './faults-of.ts';
import { madeUpReservation, madeUpSettlement, openAccounts } from './made-up-moves.ts';
import { EMPTY, type Model, replayOf, reservedKeys, type Verdict } from './model.ts';
import { ACCOUNTS, type Ask, aim, CAP, type Move, type Settle, type Step } from './moves.ts';
import { NOISY } from './noisy-commits.ts';
import { readStanding, type Standing, standsAs } from './standing.ts';
import { reapBy, type Subject } from './subject.ts';

/** The ledger did what the model does not allow. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
}

export type Played = { step: Step; verdicts: Verdict[]; replays: Verdict[] };
type Database = { pool: Pool; deadlocks: () => number };

/** Plays a sequence on an emptied database, step by step beside the model. Throws DivergenceError where they part. */
export async function play(
  subject: Subject,
  { pool, deadlocks }: Database,
  sequence: Step[],
): Promise<Played[]> {
  await pool.query('DELETE FROM ledger_entry');
  await pool.query('DELETE FROM audit_leaf');
  await pool.query('DELETE FROM request');
  await pool.query('DELETE FROM account');
  const accountIds = await openAccounts(pool, Array(ACCOUNTS).fill(BigInt(CAP)));
  const game = new Game(subject, pool, accountIds);
  const played: Played[] = [];
  let model = EMPTY;
  const deadlocksBefore = deadlocks();
  try {
    for (const given of sequence) {
      const step = aim(given, reservedKeys(model));
      const verdicts = await Promise.all(step.map((move) => game.send(move)));
      const standing = await game.standing();
      const after = explain(model, step, seenIn(step, verdicts, standing), subject.sharesCommits);
      if (!after) throw new DivergenceError(JSON.stringify({ model, step, verdicts, standing }));
      model = after;
      const replays = await game.replayExisting(step, verdicts, model);
      played.push({ step, verdicts, replays });
    }
    await game.replayAll(model);
  } finally {
    await game.close();
  }
  const faults = await faultsOf(pool);
  if (faults.length > 0) throw new DivergenceError(JSON.stringify(faults));
  if (deadlocks() > deadlocksBefore)
    throw new DivergenceError('moves waited for each other in a circle (40P01)');
  return played;
}

function seenIn(step: Step, verdicts: Verdict[], standing: Standing) {
  const reaped = step.map((move, i) => (move.move === 'reap' ? Number(verdicts[i]) : 0));
  const total = reaped.reduce((sum, n) => sum + n, 0);
  return {
    verdicts,
    reaped: Number.isNaN(total) ? null : total,
    stands: (model: Model) => standsAs(standing, model),
  };
}

class Game {
  readonly #subject: Subject;
  readonly #pool: Pool;
  readonly #ledger: Ledger;
  readonly #accountIds: readonly string[];
  readonly #tenant = randomUUID();

  constructor(subject: Subject, pool: Pool, accountIds: readonly string[]) {
    this.#subject = subject;
    this.#pool = pool;
    this.#ledger = subject.open(pool);
    this.#accountIds = accountIds;
  }

  close = () => this.#ledger.close();
  standing = () => readStanding(this.#pool, this.#accountIds, (key) => this.#idOf(key));
  #idOf = (key: number) => deriveRequestId(this.#tenant, this.#tenant, String(key));

  async send(move: Move): Promise<Verdict> {
    try {
      return await this.#verdictOf(move);
    } catch (error) {
      if (isUnknown(error)) return 'unknown';
      if (error instanceof ExhaustedError) return 'exhausted';
      // The code refuses it or the table does: whichever looks first.
      if (error instanceof RangeError || (error instanceof Error && /request_charge/.test(error.message)))
        return 'range';
      if (error instanceof ConflictError)
        return error.code === 'idempotency_conflict' ? 'conflict' : 'closed';
      return `error ${error instanceof Error ? error.message : error}`;
    }
  }

  async #verdictOf(move: Move): Promise<Verdict> {
    switch (move.move) {
      case 'ask':
        return this.#ledger.reserve(this.#reservation(move));
      case 'settle':
        return this.#settled(await this.#ledger.settle(this.#settlement(move)));
      case 'release':
        await this.#ledger.release(this.#idOf(move.key), move.noisy ? NOISY : 'not_sent', 'Not sent.');
        return 'done';
      case 'reap':
        return String(await reapBy(this.#subject)(this.#pool, this.#ledger));
      case 'freeze':
      case 'thaw':
        await this.#change(
          move.account,
          `state = $2::account_state`,
          move.move === 'thaw' ? 'open' : 'frozen',
        );
        return 'done';
      case 'cap':
        return this.#change(move.account, 'cap_rho_pico = $2', move.cap).then(
          () => 'done',
          (error: Error) => (/account_within_cap/.test(error.message) ? 'refused' : Promise.reject(error)),
        );
    }
  }

  #change(account: number, set: string, value: unknown) {
    return this.#pool.query(`UPDATE account SET ${set} WHERE id = $1`, [this.#accountIds[account], value]);
  }

  #reservation({ key, body, amount, accounts, due, noisy }: Ask) {
    return madeUpReservation({
      requestId: this.#idOf(key),
      bodyHash: hashOf(body),
      rhoPico: BigInt(amount),
      accountIds: accounts.map((i) => this.#accountIds[i]!),
      reservedForMs: due ? -1_000 : 600_000,
      ...(noisy ? { purpose: NOISY } : {}),
    });
  }

  #settlement({ key, charge, failed, noisy }: Settle) {
    return madeUpSettlement(this.#idOf(key), {
      chargeRhoPico: charge === null ? null : BigInt(charge),
      stagesMs: noisy ? { [NOISY]: 1 } : {},
      ...(failed
        ? { outcome: 'failed' as const, code: 'round_failed', message: 'It failed.' }
        : { sealReply: () => answerOf(key) }),
    });
  }

  #settled({ closings }: Settled): Verdict {
    const amounts = new Set(
      closings.map((c) => `${c.chargedRhoPico} of ${c.chargedRhoPico + c.releasedRhoPico}`),
    );
    const left = closings.map((c) => `${this.#accountIds.indexOf(c.accountId)}:${c.remainingRhoPico}`);
    return `settled ${[...amounts].join(' or ')}, left ${left.sort().join(' ')}`;
  }

  /** What the callers of a key that exists are told next, asked twice: the same verdict each time. */
  async replayExisting(step: Step, verdicts: readonly Verdict[], model: Model): Promise<Verdict[]> {
    const again = step.flatMap((move, i) => (move.move === 'ask' && verdicts[i] === 'exists' ? [move] : []));
    const told: Verdict[] = [];
    for (const { key, body } of again) {
      told.push(await this.#replayed(model, key, body));
      await this.#replayed(model, key, body);
    }
    return told;
  }

  async replayAll(model: Model): Promise<void> {
    for (const [key, { body }] of Object.entries(model.requests))
      await this.#replayed(model, Number(key), body);
  }

  async #replayed(model: Model, key: number, body: number): Promise<Verdict> {
    const told = await replay(this.#pool, this.#idOf(key), hashOf(body)).then(
      (found) => {
        if (found.state === 'failed') return `failed ${found.charged ? 'charged' : 'free'}`;
        if (found.state === 'reserved') return 'reserved';
        return found.ciphertext.equals(answerOf(key)) ? 'answered' : "another's answer";
      },
      (error: unknown) => (error instanceof ConflictError ? 'conflict' : `error ${error}`),
    );
    const expected = replayOf(model.requests[key]!, body);
    if (told !== expected)
      throw new DivergenceError(`a retry of key ${key} was told "${told}" instead of "${expected}"`);
    return told;
  }
}

/** A reaper tells of all it could not charge at once. */
const isUnknown = (error: unknown): boolean =>
  error instanceof UnknownCommitError || (error instanceof AggregateError && error.errors.every(isUnknown));
const hashOf = (body: number) => Buffer.alloc(32, body + 1);
const answerOf = (key: number) => Buffer.from(`the answer to ${key}`);
