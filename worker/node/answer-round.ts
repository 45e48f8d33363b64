import type { Logger } from '#lib/log';
import { encodeFrame, encodeVector } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import { headerHash } from '#lib/nodes/round-header';
import { untilTick } from '#lib/timing/until-tick';
import type { NodeConfig } from './config.ts';
import { checkRound } from './guard/check-round.ts';
import type { SpendLog } from './guard/spend-log.ts';
import type { Vote } from './voting/voter.ts';

export type RoundNode = {
  config: NodeConfig;
  spendLog: SpendLog;
  vote: Vote;
  log: Logger;
  /** Frames of rounds answered since the start, so that a resend gets the same bytes and never a recomputation. */
  answered: Map<string, { frame: Buffer; deadlineMs: number }>;
};

/**
 * One round at the node: check, spend durably, vote, reply on the tick. What comes back is a frame to send. The vote
 * is computed only after the spend is on disk; a failure in it is a zero vector, never a missing reply, so that no
 * record can make the node fall silent.
 */
export async function answerRound(node: RoundNode, round: Message<'round'>): Promise<Buffer> {
  const arrivedAtMs = performance.now();
  forgetPast(node);
  const resent = node.answered.get(headerHash(round.header).toString('hex'));
  if (resent) return resent.frame;
  const checked = checkRound(round, { config: node.config, log: node.spendLog, nowMs: Date.now() });
  if (!checked.ok) {
    node.log.warn({ requestId: round.header.requestId, code: checked.refusal.code }, 'round refused');
    return encodeFrame('roundRefused', { h: headerHash(round.header).toString('hex'), ...checked.refusal });
  }
  const { h, rhoPico } = checked.round;
  const { ledgerEpoch, requestId, deadlineMs } = round.header;
  const { receipt, signature } = await node.spendLog.spend({ ledgerEpoch, requestId, h, rhoPico });
  const vector = await voteOrAbstain(node, round);
  await untilTick(arrivedAtMs, node.config.tickMs);
  const frame = encodeFrame('contribution', { h, receipt, signature }, encodeVector(vector));
  node.answered.set(h, { frame, deadlineMs });
  return frame;
}

async function voteOrAbstain(node: RoundNode, { header, query }: Message<'round'>): Promise<Uint32Array> {
  try {
    if (!('labels' in query)) throw new Error('not a vote');
    return await node.vote(query.prompt, query.labels);
  } catch {
    // What failed could tell about a record: it is neither sent nor logged.
    return new Uint32Array(header.len);
  }
}

function forgetPast(node: RoundNode): void {
  const nowMs = Date.now();
  for (const [h, { deadlineMs }] of node.answered) if (deadlineMs < nowMs) node.answered.delete(h);
}
