import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { rememberedRho } from '#lib/privacy/accounting/remembered-rho';
import { drawToken } from '#lib/privacy/mechanisms/draw-token';
import { clipSteps, quantisePublic } from '#lib/privacy/mechanisms/short-answer';
import { chooseCandidates } from '#lib/privacy/mechanisms/short-answer-candidates';
import { shortAnswerTerms } from '#lib/privacy/mechanisms/short-answer-terms';
import type { LocalEngine } from '../node/engine/engine.ts';
import { textOf } from '../node/engine/vocabulary.ts';
import { NEIGHBOURS } from '../node/next-token/neighbours.ts';
import { shardTokenVector } from '../node/next-token/shard-token-vector.ts';
import { buildTokenIndex, START } from '../node/next-token/token-index.ts';
import { partition } from '../node/records/build-shards.ts';
import { DEFAULT_QUOTAS } from '../node/records/quotas.ts';
import { readBulkFolder } from '../node/records/read-bulk-folder.ts';
import { readPrompt } from '../node/retrieval/read-prompt.ts';
import { buildShardIndex } from '../node/retrieval/shard-index.ts';
import type { TokenDraw } from './draw.ts';
import type { Path } from './path.ts';
import { BYSTANDERS, bystander, COHORTS, HOSPITALS_ASKED, neighbour, SIDES, type Side } from './scenario.ts';
import { DELTA } from './subject.ts';
import { shardKey } from './write-hospital.ts';

type Options = {
  engine: Pick<LocalEngine, 'vocabulary' | 'nextToken'>;
  draw?: TokenDraw;
  /** What is charged for so many tokens; may be a bug of the caller's. */
  charge?: (rhoPicoPerToken: bigint, tokens: number) => bigint;
};

/**
 * Short answers without HTTP, ledger and ticks: the same records, shards, clipping and sampler, for what takes too many
 * tokens to ask over the API. The public model must be one that knows no more of an answer than its last tokens.
 */
export async function directAnswers(
  dataDir: string,
  { engine, draw = drawToken, charge = (rhoPico, tokens) => rhoPico * BigInt(tokens) }: Options,
): Promise<Path> {
  const { vocabulary } = engine;
  const { shardsPerHospital } = COHORTS.answers;
  const shardsOf = async (folder: string, key: string) => {
    const { records } = await readBulkFolder(join(dataDir, 'hospitals', folder, 'records'));
    return partition(records, shardKey(key), shardsPerHospital).map((own) => ({
      index: buildShardIndex(own, DEFAULT_QUOTAS),
      tokens: buildTokenIndex(
        own.map(({ text }) => text),
        vocabulary,
        DEFAULT_QUOTAS,
      ),
    }));
  };
  const others = (
    await Promise.all(BYSTANDERS.map((name) => shardsOf(bystander('answers', name), name)))
  ).flat();
  const [left, right] = await Promise.all(
    SIDES.map(async (side) => [...(await shardsOf(neighbour('answers', side), 'neighbour')), ...others]),
  );
  const shards = { left: left!, right: right! } satisfies Record<Side, unknown>;
  const s = HOSPITALS_ASKED * shardsPerHospital;

  const known = new Map<string, Parameters<TokenDraw>[0]>();
  const scoresOf = async (
    { side, prompt }: { side: Side; prompt: string },
    terms: ReturnType<typeof shortAnswerTerms>,
    prefix: readonly number[],
  ) => {
    const { clip, maxTokens } = terms;
    const key = [START, ...prefix].slice(-NEIGHBOURS.keyTokens);
    const name = `${side} ${clip.num}/${clip.den} ${key.join()} ${prompt}`;
    const before = known.get(name);
    if (before) return before;
    const { logProbs } = await engine.nextToken({ prompt, prefix, maxTokens });
    const all = Array.from(logProbs, (logProb, id) => ({ id, score: quantisePublic(logProb) }));
    const publicScores = chooseCandidates(all, { clip, eosId: vocabulary.end });
    const candidates = publicScores.map(({ id }) => id);
    const question = {
      prompt: readPrompt(prompt),
      key,
      candidates,
      logProbs: candidates.map((id) => logProbs[id] ?? Number.NaN),
      bound: clipSteps(clip),
    };
    const rows = shards[side].map((shard) => shardTokenVector(shard, question));
    const sums = candidates.map((_, at) => rows.reduce((sum, row) => sum + row[at]!, 0));
    const scores = { publicScores, sums, clip, shards: s };
    known.set(name, scores);
    return scores;
  };

  const charges = new Map<string, bigint>();
  return {
    async ask({ side, prompt, privacy }) {
      const wantedTokens = Number(privacy.maxTokens);
      const terms = shortAnswerTerms({ rhoPico: rememberedRho(privacy.epsilon, DELTA), wantedTokens }, s);
      const prefix: number[] = [];
      while (prefix.length < terms.maxTokens) {
        const { id } = draw(await scoresOf({ side, prompt }, terms, prefix));
        prefix.push(id);
        if (id === vocabulary.end) break;
      }
      const requestId = randomUUID();
      charges.set(requestId, charge(terms.rhoPicoPerToken, prefix.length));
      return { content: prefix.map((id) => textOf(vocabulary, id)).join(''), requestId };
    },
    chargesOf: async () => charges,
  };
}
