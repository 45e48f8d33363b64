import type { Logger } from '#lib/log';
import { encodeFrame } from '#lib/nodes/frame';
import { bytesEach, hexEach } from '#lib/nodes/hex-map';
import type { Message } from '#lib/nodes/messages';
import { ProtocolError } from '#lib/secure-aggregation/protocol-error';
import type { SurvivorLog } from '../guard/survivor-log.ts';
import type { PinnedPeers } from '../peers/pinned-peers.ts';
import type { OpenRounds } from './open-rounds.ts';

export type UnmaskingNode = {
  openRounds: OpenRounds;
  survivorLog: SurvivorLog;
  peers: () => PinnedPeers;
  log: Logger;
};

/** Signs who survived, once a round: the set is on disk before the signature leaves. */
export async function answerSurvivors(node: UnmaskingNode, asked: Message<'survivors'>): Promise<Buffer> {
  const { h, survivors, boxes } = asked;
  return unlessRefused(node, h, async (round) => {
    if (!(await node.survivorLog.record(h, survivors)))
      throw new ProtocolError('other_survivors', 'this node has signed another set of survivors');
    const opened = bytesEach(boxes);
    return encodeFrame('agreement', { h, signature: round.agree(survivors, opened) });
  });
}

/** Reveals, of every member, the one thing that the sum of the survivors needs. */
export async function answerSignedSurvivors(
  node: UnmaskingNode,
  asked: Message<'signedSurvivors'>,
): Promise<Buffer> {
  const { h, signatures } = asked;
  return unlessRefused(node, h, async (round) => {
    const peers = node.peers();
    const { seedShares, pairKeys } = round.reveal(new Map(Object.entries(signatures)), (id) => peers.get(id));
    return encodeFrame('unmasking', { h, seedShares: hexEach(seedShares), pairKeys: hexEach(pairKeys) });
  });
}

async function unlessRefused(
  node: UnmaskingNode,
  h: string,
  answer: (round: NonNullable<ReturnType<OpenRounds['get']>>) => Promise<Buffer>,
): Promise<Buffer> {
  const round = node.openRounds.get(h, Date.now());
  if (!round) return refused(h, 'unknown_round', 'this node has no such round that waits to be unmasked');
  try {
    return await answer(round);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    node.log.warn({ code: error.code }, 'unmasking refused');
    return refused(h, error.code, error.message);
  }
}

function refused(h: string, code: string, reason: string): Buffer {
  return encodeFrame('unmaskingRefused', { h, code, reason });
}
