import type OpenAI from 'openai';
import type { AuditFederation } from './federation.ts';
import type { Path, Question } from './path.ts';
import { type Cohort, purposeOf } from './scenario.ts';

type Completion = OpenAI.ChatCompletion & { privacy: { requestId: string } };

/** The path of every application: HTTP with the SDK, and what the ledger debited the audited patient's dataset. */
export function federationPath({ openai, pool, datasetIds }: AuditFederation): Path {
  return {
    async ask({ side, prompt, labels, privacy, idempotencyKey }) {
      const body = {
        model: 'demo-medllama',
        messages: [{ role: 'user' as const, content: prompt }],
        ...(labels && { response_format: enumFormat(labels) }),
        privacy: { ...privacy, purpose: purposeOf(cohortOf(labels, privacy), side) },
      };
      const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
      const reply = (await openai.chat.completions.create(body, { headers })) as Completion;
      // An answer withheld is an answer too: an attacker sees that there is none.
      return { content: reply.choices[0]?.message.content ?? 'withheld', requestId: reply.privacy.requestId };
    },
    async chargesOf(requestIds) {
      const { rows } = await pool.query<{ request: string; rho: string }>(
        `SELECT e.request_id AS request, sum(e.spent_delta_pico + e.reserved_delta_pico)::text AS rho
         FROM ledger_entry e JOIN account a ON a.id = e.account_id
         WHERE e.request_id = ANY($1::uuid[]) AND a.kind = 'dataset' AND a.owner_id = ANY($2::uuid[])
         GROUP BY e.request_id`,
        [requestIds, datasetIds],
      );
      return new Map(rows.map(({ request, rho }) => [request, BigInt(rho)]));
    },
  };
}

function cohortOf(labels: Question['labels'], { mode }: Question['privacy']): Cohort {
  if (!labels) return 'answers';
  return mode === 'gaussian' ? 'noise' : 'votes';
}

function enumFormat(labels: readonly string[]): OpenAI.ResponseFormatJSONSchema {
  const schema = { type: 'string', enum: [...labels] };
  return { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
}
