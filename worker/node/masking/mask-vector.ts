import { hexEach } from '#lib/nodes/hex-map';
import type { Message } from '#lib/nodes/messages';
import { headerHash, type RoundHeader } from '#lib/nodes/round-header';
import { thresholdOf } from '#lib/secure-aggregation/masking-choice';
import { addPairMasks } from '#lib/secure-aggregation/masks';
import type { NodeKeys } from '#lib/secure-aggregation/node-keys';
import { SurvivorRound } from '#lib/secure-aggregation/survivor-round';
import type { OpenRounds } from './open-rounds.ts';

/**
 * Masks the vector in place, so that alone it says nothing. Where members may be absent, gives what goes with it: of the
 * seed of this node's own mask a share sealed to every other member.
 */
export async function maskVector(
  vector: Uint32Array,
  header: RoundHeader,
  keys: NodeKeys,
  openRounds: OpenRounds,
): Promise<Message<'contribution'>['shared']> {
  const h = headerHash(header);
  const { cohort, maxDropouts, deadlineMs } = header;
  if (header.masking === 'all-or-nothing') {
    addPairMasks(vector, keys.nodeId, cohort, (peerId) => keys.maskKey(peerId, h));
    return undefined;
  }
  const threshold = thresholdOf(cohort.length);
  const round = new SurvivorRound(keys, { h, cohort, threshold, maxDropouts });
  const { vector: masked, boxes, commitments } = await round.contribute(vector);
  vector.set(masked);
  openRounds.add(h.toString('hex'), { round, deadlineMs });
  return { boxes: hexEach(boxes), commitments };
}
