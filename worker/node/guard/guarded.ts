import type { Message } from '#lib/nodes/messages';
import type { NodeKeys } from '#lib/secure-aggregation/node-keys';
import type { NodeConfig } from '../config.ts';
import type { PinnedPeers } from '../peers/pinned-peers.ts';
import type { GuardedEngine } from './check-query.ts';
import type { Refusal } from './refusal.ts';
import type { RequestHistory } from './request-history.ts';
import type { RoundRate } from './round-rate.ts';
import type { SpendLog } from './spend-log.ts';

/** What the guard judges a round by. */
export type Guarded = {
  config: NodeConfig;
  log: SpendLog;
  history: RequestHistory;
  rate: RoundRate;
  peers: PinnedPeers;
  /** This node's keys of an epoch, where it has such and they are good. */
  keysOf: (keyEpoch: number) => NodeKeys | null;
  engine: GuardedEngine | null;
  nowMs: number;
};

export type Check = (round: Message<'round'>, node: Guarded) => Refusal | null;
