import type { KeyObject } from 'node:crypto';
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
  /** The identity key that this node has pinned for its router. */
  routerKey: KeyObject;
  log: SpendLog;
  history: RequestHistory;
  rate: RoundRate;
  peers: PinnedPeers;
  /** This node's keys of an epoch, where it has such and they are good. */
  keysOf: (keyEpoch: number) => NodeKeys | null;
  engine: GuardedEngine | null;
  nowMs: number;
};

/** @param h the header's hash, which everything about a round goes by. */
export type Check = (round: Message<'round'>, node: Guarded, h: Buffer) => Refusal | null;
