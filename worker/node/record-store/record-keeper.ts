import type { KeyObject } from 'node:crypto';
import type { Logger } from '#lib/log';
import { oneAtATime } from '../loading/one-at-a-time.ts';
import type { Shards } from '../loading/start-shards.ts';
import type { Verb } from './decisions.ts';
import { type SignedStatement, signStatement } from './sign-statement.ts';
import type { RecordSource } from './sources.ts';
import type { StorePlace } from './store-place.ts';
import { decideInThread, refreshInThread } from './store-task.ts';
import { requireClearConsents } from './unclear-consents.ts';

export type KeeperSetup = {
  nodeId: string;
  identity: KeyObject;
  place: StorePlace;
  source: RecordSource;
  shards: Pick<Shards, 'rebuild'>;
  log: Logger;
  /** The shards no longer match what may be used: nobody may be asked until a person has looked. */
  onUnusable: (error: Error) => void;
};

/** Changes the records of a running node, one change at a time. What is resolved holds from the next round on. */
export class RecordKeeper {
  readonly #setup: KeeperSetup;
  readonly #inTurn = oneAtATime();

  constructor(setup: KeeperSetup) {
    this.#setup = setup;
  }

  decide(verb: Verb, patientId: string): Promise<SignedStatement> {
    const { place, shards, log, nodeId, identity } = this.#setup;
    return this.#inTurn(async () => {
      const decided = await decideInThread(place, verb, patientId);
      await this.#orUnusable(shards.rebuild([decided.shard]));
      log.info({ verb, seq: decided.decision.seq }, 'a decision about a patient holds');
      return signStatement(decided, nodeId, identity);
    });
  }

  /** Gives how many shards are different now. */
  refresh(): Promise<{ changedShards: number }> {
    const { place, source, shards, log } = this.#setup;
    return this.#inTurn(async () => {
      const { changedShards, counts } = await refreshInThread(place, source, false);
      await this.#orUnusable((async () => requireClearConsents(counts))());
      await this.#orUnusable(shards.rebuild(changedShards));
      log.info({ ...counts, changedShards: changedShards.length }, 'records refreshed');
      return { changedShards: changedShards.length };
    });
  }

  /** The store holds it and the shards do not: going on would use what may not be used. */
  async #orUnusable(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      this.#setup.onUnusable(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }
}
