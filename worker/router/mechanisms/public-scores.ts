import { randomUUID } from 'node:crypto';
import type { PublicScores, PublicScoresCall } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import type { FederatedQuery } from '../query.ts';
import type { Plan } from '../stages/plan.ts';

const PUBLIC_SCORES_DEADLINE_MS = 10_000;

/**
 * What the public model would say next, from the first node of the cohort that answers, the quickest by public probe
 * first. No record is touched, so a node that cannot is passed over freely.
 */
export async function publicScores(
  { nodes }: RouterContext,
  { cohort }: Plan<FederatedQuery>,
  call: Omit<PublicScoresCall, 'queryId'>,
): Promise<PublicScores> {
  const channels = cohort
    .flatMap(({ nodeId }) => nodes.get(nodeId) ?? [])
    .sort((a, b) => (a.facts.probeMs ?? Number.MAX_VALUE) - (b.facts.probeMs ?? Number.MAX_VALUE));
  let failure: unknown = new Error('no hospital of the cohort is connected');
  for (const channel of channels) {
    // Stopped with each call: AbortSignal.timeout would go on, and fire once for every token of the last seconds.
    const giveUp = new AbortController();
    const timer = setTimeout(
      () => giveUp.abort(new Error('the public scores took too long')),
      PUBLIC_SCORES_DEADLINE_MS,
    );
    try {
      return await channel.publicScores({ queryId: randomUUID(), ...call }, giveUp.signal);
    } catch (error) {
      failure = error;
    } finally {
      clearTimeout(timer);
    }
  }
  throw failure;
}
