import { z } from 'zod';
import { questionSchema, quoteSchema, shortAnswerSchema } from '#lib/requests/question';
import { checkableProofSchema, completionReplySchema, quoteReplySchema } from '#lib/requests/router-replies';
import { defineRoute } from './definition.ts';

const headers = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\w-]{16,128}$/, 'An Idempotency-Key of 16 to 128 letters and digits is needed.')
    .meta({ example: '3f0c7f62-8f7e-4a51-9d0c-7a9c0a4f7b11' }),
});

export const ASK = defineRoute({
  method: 'POST',
  path: '/api/console/ask',
  summary: 'Ask a question',
  description:
    'A federated question is a private vote over labels, or one for a short answer, and is charged; a public one touches no record. The same Idempotency-Key is charged once, however often it is sent.',
  action: 'request.ask',
  headers,
  body: questionSchema,
  reply: completionReplySchema,
});

export const ASK_FOR_TEXT = defineRoute({
  method: 'POST',
  path: '/api/console/ask/text',
  summary: 'Ask for a short answer and read it as it is drawn',
  description:
    'One JSON object a line: {"kind": "text", "text"} for each token, at the end {"kind": "answer", "reply"} or {"kind": "problem", "problem"}. Hanging up stops the drawing: the tokens drawn are charged, the rest of the reservation is given back, and the same Idempotency-Key returns the part.',
  action: 'request.ask',
  headers,
  body: shortAnswerSchema,
  reply: { contentType: 'application/x-ndjson', description: 'The answer as it is drawn.' },
});

export const QUOTE = defineRoute({
  method: 'POST',
  path: '/api/console/quote',
  summary: 'See what a question would cost and be worth',
  description: 'Free, and it carries no prompt.',
  action: 'request.ask',
  body: quoteSchema,
  reply: quoteReplySchema,
});

export const MODELS = defineRoute({
  method: 'GET',
  path: '/api/console/models',
  summary: 'List the models that can be asked',
  action: 'request.ask',
  reply: z.object({ models: z.array(z.string()) }),
});

export const PROOF = defineRoute({
  method: 'GET',
  path: '/api/console/requests/{id}/proof/{leafHash}',
  summary: "Fetch the inclusion proof of one of a request's audit leaves",
  description:
    "With the leaf's text and the log's published key: all that a browser needs to check it without the console.",
  action: 'request.read',
  params: z.object({ id: z.uuid(), leafHash: z.string().regex(/^[0-9a-f]{64}$/) }),
  reply: checkableProofSchema,
});
