import { randomUUID } from 'node:crypto';
import type { PublicAnswer } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import type { PublicQuestion } from '../query.ts';

const PUBLIC_DEADLINE_MS = 60_000;

/** Asks one connected node's public model; the quickest by public probe first. No record is touched. */
export async function askPublicModel(context: RouterContext, query: PublicQuestion): Promise<PublicAnswer> {
  const [channel] = context.nodes
    .all()
    .sort((a, b) => (a.facts.probeMs ?? Number.MAX_VALUE) - (b.facts.probeMs ?? Number.MAX_VALUE));
  if (!channel) throw new Error('no node is connected');
  const { prompt, labels, maxTokens } = query;
  return channel.publicAnswer(
    { queryId: randomUUID(), prompt, labels, maxTokens },
    AbortSignal.timeout(PUBLIC_DEADLINE_MS),
  );
}
