import type { KeyObject } from 'node:crypto';
import type { Logger } from '#lib/log';
import { encodeFrame, encodeVector } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { headerHash } from '#lib/nodes/round-header';
import { untilTick } from '#lib/timing/until-tick';
import type { NodeConfig } from './config.ts';
import type { Engine, EngineCapabilities } from './engine/engine.ts';
import type { GuardedEngine } from './guard/check-query.ts';
import { checkRound } from './guard/check-round.ts';
import { type Refusal, refusal } from './guard/refusal.ts';
import type { RequestHistory } from './guard/request-history.ts';
import type { RoundRate } from './guard/round-rate.ts';
import type { SpendLog } from './guard/spend-log.ts';
import type { KeyAgreement } from './keys/key-agreement.ts';
import { taskOf } from './lanes/task-of.ts';
import type { Shards } from './loading/start-shards.ts';
import { addNoiseShare } from './masking/add-noise-share.ts';
import type { maskVector } from './masking/mask-vector.ts';
import type { OpenRounds } from './masking/open-rounds.ts';
import type { PinnedPeers } from './peers/pinned-peers.ts';

export type RoundNode = {
  config: NodeConfig;
  /** The identity key that this node has pinned for its router. */
  routerKey: KeyObject;
  spendLog: SpendLog;
  history: RequestHistory;
  rate: RoundRate;
  peers: () => PinnedPeers;
  agreement: Pick<KeyAgreement, 'keysOf'>;
  /** Benchmarks put another one in its place, to see what masks cost. */
  mask: typeof maskVector;
  /** Rounds whose masks the survivors have yet to take away. */
  openRounds: OpenRounds;
  shards: Pick<Shards, 'sum'>;
  capabilities: EngineCapabilities;
  /** The model, once it is loaded and the shards know its tokens. */
  shortAnswers: () => Promise<Engine>;
  log: Logger;
  /** Frames of rounds answered since the start, so that a resend gets the same bytes and never a recomputation. */
  answered: Map<string, { frame: Buffer; deadlineMs: number }>;
};

/**
 * One round at the node: check, spend durably, ask the shards, add noise, mask, reply on the tick. What comes back is a
 * frame to send. No record is looked at until the spend is on disk; a failure after it is a zero vector, never a missing reply, so
 * that no record can make the node fall silent.
 */
export async function answerRound(
  node: RoundNode,
  round: Message<'round'>,
  isOpen: () => boolean = () => true,
): Promise<Buffer> {
  const arrivedAtMs = performance.now();
  forgetPast(node);
  const engine = round.header.mechanism === 'short-answer' ? await readyEngine(node) : null;
  // Its router has hung up: what cannot be answered any more is not paid for.
  if (!isOpen()) return refused(round, refusal('gone', 'nobody waits for this round any more'));
  const resent = node.answered.get(headerHash(round.header).toString('hex'));
  if (resent) return resent.frame;
  const { config, spendLog, history } = node;
  const checked = checkRound(round, {
    config,
    routerKey: node.routerKey,
    log: spendLog,
    history,
    rate: node.rate,
    peers: node.peers(),
    keysOf: (keyEpoch) => node.agreement.keysOf(keyEpoch),
    engine,
    nowMs: Date.now(),
  });
  if (!checked.ok) {
    node.log.warn({ requestId: round.header.requestId, code: checked.refusal.code }, 'round refused');
    return refused(round, checked.refusal);
  }
  const { h, rhoPico, keys } = checked.round;
  const { ledgerEpoch, requestId, deadlineMs } = round.header;
  history.note(round.header);
  node.rate.take(Date.now());
  const signed = await spendLog.spend({ ledgerEpoch, requestId, h, rhoPico });
  const vector = await sumOrAbstain(node, round);
  addNoiseShare(vector, round.header);
  const shared = await node.mask(vector, round.header, keys, node.openRounds);
  await untilTick(arrivedAtMs, config.tickMs);
  const frame = encodeFrame(
    'contribution',
    { h, ...signed, ...(shared && { shared }) },
    encodeVector(vector),
  );
  node.answered.set(h, { frame, deadlineMs });
  return frame;
}

function refused({ header }: Message<'round'>, why: Refusal): Buffer {
  return encodeFrame('roundRefused', { h: headerHash(header).toString('hex'), ...why });
}

/** The engine for the guard, once model and shards are there: until then the first answers wait. Null if there is none. */
async function readyEngine(node: RoundNode): Promise<GuardedEngine | null> {
  const { exactScores, batchInvariant } = node.capabilities;
  if (!exactScores || !batchInvariant) return { exactScores, batchInvariant, tokens: 0 };
  try {
    const { tokenCount } = await node.shortAnswers();
    return { exactScores, batchInvariant, tokens: tokenCount };
  } catch (error) {
    node.log.error({ err: error }, 'the model cannot be loaded');
    return null;
  }
}

async function sumOrAbstain(node: RoundNode, round: Message<'round'>): Promise<Uint32Array> {
  try {
    return await node.shards.sum(await taskOf(round, node.shortAnswers));
  } catch {
    // What failed could tell about a record: it is neither sent nor logged.
    return new Uint32Array(round.header.len);
  }
}

function forgetPast(node: RoundNode): void {
  const nowMs = Date.now();
  node.openRounds.forgetPast(nowMs);
  for (const [h, { deadlineMs }] of node.answered) if (deadlineMs < nowMs) node.answered.delete(h);
}
