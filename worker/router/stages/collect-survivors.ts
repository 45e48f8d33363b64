import { bytesEach, hexEach } from '#lib/nodes/hex-map';
import type { Contribution, NodeChannel, RoundCall as SealedRound } from '#lib/nodes/node-channel';
import { thresholdOf } from '#lib/secure-aggregation/masking-choice';
import { SurvivorCollection } from '#lib/secure-aggregation/survivor-collection';
import { type AskedNode, type Round, RoundFailedError } from './round.ts';
import { whyFailed } from './why-failed.ts';

/** How long the others are waited for once as many have answered as must. Public, and the same for every round. */
const LATE_GRACE_MS = 1_000;

/**
 * Three round trips: whoever answers in time is a survivor; they sign who they are; they reveal what takes the masks off
 * the survivors' sum. Whoever falls silent after that fails the round (nodes.md section 3, mode B).
 */
export async function collectSurvivors(
  { header, h }: SealedRound,
  asked: readonly AskedNode[],
  giveUp: AbortController,
): Promise<Round> {
  const { cohort, maxDropouts } = header;
  const terms = { h: Buffer.from(h, 'hex'), cohort, threshold: thresholdOf(cohort.length), maxDropouts };
  const collection = new SurvivorCollection(terms);
  const contributions = await whoeverAnswers(asked, cohort.length - maxDropouts);
  try {
    for (const { nodeId, vector, shared } of contributions) {
      if (!shared) continue;
      collection.add(nodeId, { vector, boxes: bytesEach(shared.boxes), commitments: shared.commitments });
    }
    const survivors = [...collection.close()];
    const channels = asked.flatMap(({ channel }) =>
      survivors.includes(channel.facts.nodeId) ? [channel] : [],
    );
    const signatures = await fromEach(channels, async (channel) => {
      const boxes = hexEach(collection.boxesFor(channel.facts.nodeId));
      return (await channel.agree({ h, survivors, boxes }, giveUp.signal)).signature;
    });
    const revealed = await fromEach(channels, (channel) =>
      channel.unmask({ h, signatures: Object.fromEntries(signatures) }, giveUp.signal),
    );
    for (const [nodeId, { seedShares, pairKeys }] of revealed)
      collection.reveal(nodeId, { seedShares: bytesEach(seedShares), pairKeys: bytesEach(pairKeys) });
    const sum = await collection.unmask(header.len);
    return { sum, contributions };
  } catch (error) {
    throw new RoundFailedError(whyFailed(error), contributions, error);
  }
}

/**
 * What has come when all have answered or failed, or some time after as many have answered as must. Who answers later,
 * while the masks are taken off, is added too: its receipt counts, its vector no more.
 */
async function whoeverAnswers(asked: readonly AskedNode[], needed: number): Promise<Contribution[]> {
  const contributions: Contribution[] = [];
  let left = asked.length;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((enough) => {
    const one = () => {
      left -= 1;
      if (left === 0) enough();
      else if (contributions.length >= needed) timer ??= setTimeout(enough, LATE_GRACE_MS);
    };
    for (const { contribution } of asked)
      contribution.then((given) => {
        contributions.push(given);
        one();
      }, one);
  });
  clearTimeout(timer);
  return contributions;
}

async function fromEach<T>(
  channels: readonly NodeChannel[],
  ask: (channel: NodeChannel) => Promise<T>,
): Promise<[string, T][]> {
  return Promise.all(
    channels.map(async (channel): Promise<[string, T]> => [channel.facts.nodeId, await ask(channel)]),
  );
}
