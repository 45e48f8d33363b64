import { randomUUID } from 'node:crypto';
import type { PublicAnswer } from '#lib/nodes/node-channel';
import type { RouterContext } from '../context.ts';
import type { PublicQuestion } from '../query.ts';

const PUBLIC_DEADLINE_MS = 60_000;

/** Asks the public model of one admitted node; the quickest by public probe first. No record is touched. */
export async function askPublicModel(context: RouterContext, query: PublicQuestion): Promise<PublicAnswer> {
  const admitted = await context.pool.query<{ id: string }>(`SELECT id FROM node WHERE state = 'admitted'`);
  const [channel] = admitted.rows
    .flatMap(({ id }) => context.nodes.candidate(id) ?? [])
    .sort((a, b) => (a.facts.probeMs ?? Number.MAX_VALUE) - (b.facts.probeMs ?? Number.MAX_VALUE));
  if (!channel) throw new Error('no admitted node is connected');
  const { prompt, labels, maxTokens } = query;
  return channel.publicAnswer(
    { queryId: randomUUID(), prompt, labels, maxTokens },
    AbortSignal.timeout(PUBLIC_DEADLINE_MS),
  );
}
