import { randomBytes } from 'node:crypto';
import { sumVectors } from '../../lib/secure-aggregation/map-into-range.ts';
import { mostDropouts, thresholdOf } from '../../lib/secure-aggregation/masking-choice.ts';
import { SurvivorCollection } from '../../lib/secure-aggregation/survivor-collection.ts';
import { SurvivorRound } from '../../lib/secure-aggregation/survivor-round.ts';
import { newCohort } from '../../lib/secure-aggregation/testing/cohort.ts';

/** How long the router takes to sum, milliseconds a round: masks that cancel, and masks that have to be taken off. */
export type SumTimes = { 'all-or-nothing': number[]; 'survives-dropouts': number[] };

/** As many are absent as may be, so that the most has to be taken off. What nodes do is not timed. */
export async function sumTimes(nodes: number, length: number, rounds: number): Promise<SumTimes> {
  const members = newCohort(nodes);
  const cohort = members.map(({ nodeId }) => nodeId);
  const maxDropouts = mostDropouts(nodes);
  const present = members.slice(0, nodes - maxDropouts);
  const times: SumTimes = { 'all-or-nothing': [], 'survives-dropouts': [] };
  for (let round = 0; round < rounds; round += 1) {
    const vectors = cohort.map(() => Uint32Array.from({ length }, () => randomBytes(4).readUInt32LE()));
    times['all-or-nothing'].push(await timed(async () => sumVectors(vectors, length)));
    const terms = { h: randomBytes(32), cohort, threshold: thresholdOf(nodes), maxDropouts };
    const collection = new SurvivorCollection(terms);
    const open = present.map(({ keys }) => new SurvivorRound(keys, terms));
    for (const [i, { nodeId }] of present.entries())
      collection.add(nodeId, await open[i]!.contribute(vectors[i]!));
    const survivors = [...collection.close()];
    const signatures = new Map(
      present.map(({ nodeId }, i) => [nodeId, open[i]!.agree(survivors, collection.boxesFor(nodeId))]),
    );
    const keyOf = (id: string) => members.find(({ nodeId }) => nodeId === id)?.identity;
    for (const [i, { nodeId }] of present.entries())
      collection.reveal(nodeId, open[i]!.reveal(signatures, keyOf));
    times['survives-dropouts'].push(await timed(() => collection.unmask(length)));
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
