import { sealAnswer } from '#lib/ledger/answer-cipher';
import type { Settled, Settlement, StagesMs } from '#lib/ledger/settle';
import type { PublicAnswer } from '#lib/nodes/node-channel';
import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import { formatRho } from '#lib/privacy/pico-rho';
import type { RouterContext } from '../context.ts';
import type { Drawn } from '../mechanisms/mechanism.ts';
import type { FederatedQuery, PublicQuestion, Query, Reply } from '../query.ts';
import type { Plan } from './plan.ts';
import { renderLabel } from './render-label.ts';

const FEDERATED_NOTICE =
  'epsilon bounds what this answer reveals about any one patient of a hospital asked. The question itself is read by the router and every hospital asked.';
/** What the masks hide, from whom, mode by mode. */
const EXACT_NOTICE =
  "The bound holds against everyone who sees answers. The router sees the hospitals' sum, never what one hospital contributed.";
const gaussianNotice = (maxCollude: number) =>
  `Every hospital added noise of its own, so the bound holds against the router too, also in league with up to ${maxCollude} of the hospitals asked.`;
const SHORT_ANSWER_NOTICE =
  "Written by a demo model with what hospitals' records add to it. It reads like medicine and means nothing: never use it as advice.";
const PUBLIC_NOTICE =
  'Written by a public demo model without any patient record. It is often wrong: never use it as advice.';

/**
 * Charges what was drawn, stores the sealed reply and its leaf, and only then lets the reply go. Streamed tokens have left
 * by then, under the rule of Live.onText: where this fails, all that was reserved is charged.
 */
export async function settlePrivate(
  context: RouterContext,
  { query, cohort, shards, asked, offer }: Plan,
  drawn: Drawn,
  stagesMs: StagesMs,
): Promise<Reply> {
  const { chargeRhoPico, contributions, content, refusal, finishReason, facts } = drawn;
  const { epsilon, delta } = query;
  const kept = { receipts: contributions, stagesMs, chargeRhoPico };
  return settleWith(context, query, kept, {
    content,
    refusal,
    finishReason,
    usage: usage(drawn.promptTokens, drawn.completionTokens),
    privacy: {
      requestId: query.requestId,
      route: query.route,
      mechanism: query.mechanism,
      mode: query.mode,
      masking: asked.masking,
      maxCollude: query.mode === 'gaussian' ? asked.maxCollude : null,
      nodes: cohort.length,
      shards,
      rho: formatRho(chargeRhoPico ?? offer.rhoPico),
      // What was set aside bounds the answer, also where it stopped early: when to stop may depend on what was drawn.
      epsilon: chargeRhoPico === null ? epsilon : epsilonFromRho(offer.rhoPico, delta),
      delta: String(delta),
      drawn: facts,
      notice: noticeOf(query, asked.maxCollude),
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
  return settleWith(
    context,
    query,
    { receipts: [], stagesMs, chargeRhoPico: null },
    {
      refusal: null,
      content: label === undefined ? answer.text : renderLabel(query.answer, label),
      finishReason: answer.finishReason,
      usage: usage(answer.promptTokens, answer.completionTokens),
      privacy: {
        requestId: query.requestId,
        route: query.route,
        mechanism: query.mechanism,
        mode: query.mode,
        masking: null,
        maxCollude: null,
        nodes: 0,
        shards: 0,
        rho: '0',
        epsilon: 0,
        delta: '0',
        drawn: null,
        notice: PUBLIC_NOTICE,
      },
    },
  );
}

function noticeOf({ mechanism, mode }: FederatedQuery, maxCollude: number): string {
  const bound = `${FEDERATED_NOTICE} ${mode === 'gaussian' ? gaussianNotice(maxCollude) : EXACT_NOTICE}`;
  return mechanism === 'short-answer' ? `${SHORT_ANSWER_NOTICE} ${bound}` : bound;
}

type Draft = Omit<Reply, 'requestId' | 'createdS' | 'requestedModel' | 'privacy'> & {
  privacy: Omit<Reply['privacy'], 'remaining' | 'receipt'>;
};

async function settleWith(
  context: RouterContext,
  query: Query,
  kept: Pick<Settlement, 'receipts' | 'stagesMs' | 'chargeRhoPico'>,
  draft: Draft,
): Promise<Reply> {
  let reply: Reply | null = null;
  await context.ledger.settle({
    requestId: query.requestId,
    outcome: 'answered',
    code: null,
    message: null,
    ...kept,
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
