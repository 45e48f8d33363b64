import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { chargeForEpsilon, type VoteCharge } from '#lib/privacy/mechanisms/vote-charge';
import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { buildShards } from '../node/records/build-shards.ts';
import { readBulkFolder } from '../node/records/read-bulk-folder.ts';
import { castVotes } from '../node/retrieval/cast-votes.ts';
import type { Draw } from './draw.ts';
import type { Path, Question } from './path.ts';
import { BYSTANDERS, bystander, COHORTS, neighbour, SIDES } from './scenario.ts';
import { DELTA } from './subject.ts';
import { shardKey } from './write-hospital.ts';

/**
 * Votes over the same records, shards and sampler without HTTP, ledger and ticks: a thousand times as fast, for questions
 * that take too many samples to ask over the API. `draw` may be a bug of the caller's.
 */
export async function directPath(dataDir: string, draw: Draw = sampleExponential): Promise<Path> {
  const shardsOf = async (folder: string, key: string) => {
    const { records } = await readBulkFolder(join(dataDir, 'hospitals', folder, 'records'));
    return buildShards({ records, shardKey: shardKey(key), shards: COHORTS.votes.shardsPerHospital });
  };
  const bystanders = (
    await Promise.all(BYSTANDERS.map((name) => shardsOf(bystander('votes', name), name)))
  ).flat();
  const shards = new Map(
    await Promise.all(
      SIDES.map(
        async (side) =>
          [side, [...(await shardsOf(neighbour('votes', side), 'neighbour')), ...bystanders]] as const,
      ),
    ),
  );
  // The number in a prompt changes no vote, and casting them takes longer than the draw.
  const known = new Map<string, readonly number[]>();
  const votesOf = ({ side, prompt, labels = [] }: Question) => {
    const key = `${side} ${labels.join()}`;
    const counts = known.get(key) ?? [...castVotes({ shards: shards.get(side)!, prompt, labels }).counts];
    known.set(key, counts);
    return counts;
  };
  const charges = new Map<string, bigint>();
  const prices = new Map<number, VoteCharge>();
  const priceOf = (epsilon: number) => {
    const price = prices.get(epsilon) ?? chargeForEpsilon(epsilon, DELTA);
    prices.set(epsilon, price);
    return price;
  };
  return {
    async ask(question) {
      const { rhoPico, beta } = priceOf(question.privacy.epsilon);
      const requestId = randomUUID();
      charges.set(requestId, rhoPico);
      const index = draw({ scores: votesOf(question), beta, prompt: question.prompt, requestId });
      return { content: JSON.stringify(question.labels?.[index]), requestId };
    },
    chargesOf: async () => charges,
  };
}
