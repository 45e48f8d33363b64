import type { PublicScores } from '#lib/nodes/node-channel';

/**
 * What most of the cohort says the public model would say next, so that no one hospital can write an answer: a token
 * counts if more than half name it, at the median of their scores and with the text that more than half give it. Honest
 * nodes run one model and say the same but for rounding. Throws when more than half do not even agree on the end token.
 */
export function agreedScores(replies: readonly PublicScores[]): PublicScores {
  const needed = Math.floor(replies.length / 2) + 1;
  const end = mostSaid(
    replies.map((reply) => reply.end.id),
    needed,
  );
  if (end === null) throw new Error('the hospitals do not run one public model');
  const said = Map.groupBy(
    replies.flatMap(({ candidates }) => onePerToken(candidates)),
    ({ id }) => id,
  );
  const candidates = [...said].flatMap(([id, mentions]) => {
    const text = mostSaid(
      mentions.map((mention) => mention.text),
      needed,
    );
    if (id === end || text === null) return [];
    return [{ id, score: median(mentions.map(({ score }) => score)), text }];
  });
  const ends = replies.filter((reply) => reply.end.id === end);
  return {
    candidates,
    end: { id: end, score: median(ends.map((reply) => reply.end.score)) },
    promptTokens: median(replies.map(({ promptTokens }) => promptTokens)),
  };
}

/** A node that names a token twice is heard once. */
function onePerToken<T extends { id: number }>(candidates: readonly T[]): T[] {
  return [...new Map(candidates.map((candidate) => [candidate.id, candidate])).values()];
}

function mostSaid<T>(values: readonly T[], needed: number): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const found = [...counts].find(([, count]) => count >= needed);
  return found ? found[0] : null;
}

/** The lower one of two in the middle. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
