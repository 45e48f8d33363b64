import { randomUUID } from 'node:crypto';
import type { PublicScores, PublicScoresCall } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import type { FederatedQuery } from '../query.ts';
import type { Plan } from '../stages/plan.ts';
import { agreedScores } from './agreed-scores.ts';

/** For one token; a node's first one waits for its model to load. */
export const PUBLIC_SCORES_DEADLINE_MS = 20_000;

/**
 * What the public model would say next, as most of the cohort have it. No record is touched. The nodes need the same
 * step of the model for their round, so that asking all of them costs little more than asking one.
 */
export async function publicScores(
  { nodes }: RouterContext,
  { cohort }: Plan<FederatedQuery>,
  call: Omit<PublicScoresCall, 'queryId'>,
): Promise<PublicScores> {
  const channels = cohort.flatMap(({ nodeId }) => nodes.get(nodeId) ?? []);
  if (channels.length < cohort.length) throw new Error('a hospital of the cohort is not connected');
  // Stopped with each call: AbortSignal.timeout would go on, and fire once for every token of the last seconds.
  const giveUp = new AbortController();
  const timer = setTimeout(
    () => giveUp.abort(new Error('the public scores took too long')),
    PUBLIC_SCORES_DEADLINE_MS,
  );
  try {
    return agreedScores(
      await Promise.all(
        channels.map((channel) => channel.publicScores({ queryId: randomUUID(), ...call }, giveUp.signal)),
      ),
    );
  } finally {
    clearTimeout(timer);
  }
}
