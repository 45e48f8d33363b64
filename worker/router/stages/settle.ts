import { sealAnswer } from '#lib/ledger/answer-cipher';
import { type Settled, type StagesMs, settle } from '#lib/ledger/settle';
import type { Contribution, PublicAnswer } from '#lib/nodes/node-channel';
import { formatRho } from '#lib/privacy/pico-rho';
import type { RouterContext } from '../context.ts';
import type { PublicQuestion, Query, Reply } from '../query.ts';
import { renderLabel } from './render-label.ts';
import type { Drawn } from './sample.ts';

const FEDERATED_NOTICE =
  "epsilon bounds what this answer reveals about any one patient of a hospital asked. The question itself is read by the router and every hospital asked. In this version the router also sees each hospital's own vote counts.";
const PUBLIC_NOTICE =
  'Written by a public demo model without any patient record. It is often wrong: never use it as advice.';

/** Charges the reservation, stores the sealed reply and its leaf, and only then lets the reply go. */
export async function settleVote(context: RouterContext, drawn: Drawn, stagesMs: StagesMs): Promise<Reply> {
  const { query, cohort, shards } = drawn.plan;
  return settleWith(context, query, drawn.round.contributions, stagesMs, {
    content: renderLabel(query.answer, query.labels[drawn.labelIndex]!),
    finishReason: 'stop',
    // A vote generates no text; the prompt is counted in whitespace-separated words, as no tokenizer reads it.
    usage: usage(query.prompt.split(/\s+/).length, 1),
    privacy: {
      requestId: query.requestId,
      route: query.route,
      mechanism: query.mechanism,
      mode: query.mode,
      nodes: cohort.length,
      shards,
      rho: formatRho(query.rhoPico),
      epsilon: query.epsilon,
      delta: String(query.delta),
      notice: FEDERATED_NOTICE,
    },
  });
}

export async function settlePublic(
  context: RouterContext,
  query: PublicQuestion,
  answer: PublicAnswer,
  stagesMs: StagesMs,
): Promise<Reply> {
  const label = answer.labelIndex === null ? undefined : query.labels[answer.labelIndex];
  return settleWith(context, query, [], stagesMs, {
    content: label === undefined ? answer.text : renderLabel(query.answer, label),
    finishReason: answer.finishReason,
    usage: usage(answer.promptTokens, answer.completionTokens),
    privacy: {
      requestId: query.requestId,
      route: query.route,
      mechanism: query.mechanism,
      mode: query.mode,
      nodes: 0,
      shards: 0,
      rho: '0',
      epsilon: 0,
      delta: '0',
      notice: PUBLIC_NOTICE,
    },
  });
}

type Draft = Omit<Reply, 'requestId' | 'createdS' | 'requestedModel' | 'privacy'> & {
  privacy: Omit<Reply['privacy'], 'remaining' | 'receipt'>;
};

async function settleWith(
  context: RouterContext,
  query: Query,
  contributions: readonly Contribution[],
  stagesMs: StagesMs,
  draft: Draft,
): Promise<Reply> {
  let reply: Reply | null = null;
  await settle(context.pool, {
    requestId: query.requestId,
    outcome: 'answered',
    code: null,
    message: null,
    chargeRhoPico: null,
    receipts: contributions,
    stagesMs,
    sealReply: (settled) => {
      reply = {
        ...draft,
        requestId: query.requestId,
        createdS: Math.floor(Date.now() / 1000),
        requestedModel: query.requestedModel,
        privacy: {
          ...draft.privacy,
          remaining: remainingOf(settled),
          receipt: {
            leafHash: settled.leafHash.toString('hex'),
            proofUrl: `${context.env.FDLR_PUBLIC_API_URL}/v1/audit/proof/${settled.leafHash.toString('hex')}`,
          },
        },
      };
      return sealAnswer(context.keys.answer, query.requestId, JSON.stringify(reply));
    },
  });
  return reply!;
}

function remainingOf({ closings }: Settled): { user: string; department: string } | null {
  const left = (kind: string) => closings.find((closing) => closing.kind === kind)?.remainingRhoPico;
  const user = left('user');
  const department = left('department');
  return user === undefined || department === undefined
    ? null
    : { user: formatRho(user), department: formatRho(department) };
}

function usage(promptTokens: number, completionTokens: number) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
