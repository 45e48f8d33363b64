import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { chatCompletionSchema, completionSchema, quoteSchema } from '../gateway/chat-completion-schema.ts';
import { auditLogPaths } from './audit-log-paths.ts';
import { json, replied } from './content.ts';
import {
  chatCompletionReplySchema,
  errorReplySchema,
  modelsReplySchema,
  quoteReplySchema,
  textCompletionReplySchema,
} from './reply-schemas.ts';

const idempotencyKey = z.object({
  'Idempotency-Key': z.string().min(1).max(255).optional().meta({
    description:
      'Of your own, one a question. The same key and body get the same answer for 24 hours and are charged once; without it a repeated request is charged again.',
    example: '3f0c7f62-8f7e-4a51-9d0c-7a9c0a4f7b11',
  }),
});

const EXAMPLE_VOTE = {
  model: 'demo-medllama',
  messages: [
    { role: 'user', content: '58-year-old with crushing chest pain radiating to the left arm and sweating.' },
  ],
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'diagnosis',
      strict: true,
      schema: { type: 'string', enum: ['Acute myocardial infarction', 'Pulmonary embolism', 'Pneumonia'] },
    },
  },
};

const failure = {
  description: "Refused or failed, in OpenAI's form. From 409 up with x-should-retry: false.",
  headers: z.object({
    'x-should-retry': z.literal('false').optional().meta({
      description:
        'Sent from 409 up: an SDK that tried again by itself, without a key, would be charged again.',
    }),
    'x-request-id': z.uuid(),
  }),
  ...json(errorReplySchema),
};

/** The OpenAPI document of the router's API, written from the schemas that it checks requests by. */
export function routerDocument(publicUrl: string) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Router API',
      version: '1.0.0',
      description:
        "OpenAI's chat completions with a price in privacy: any OpenAI client works when its base URL is this router's /v1.",
    },
    servers: [{ url: publicUrl }],
    security: [{ apiKey: [] }],
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: fdlr_...' } },
    },
    paths: {
      '/v1/chat/completions': {
        post: {
          operationId: 'createChatCompletion',
          summary: 'Ask a question',
          description:
            'A structured output whose root is a string enum is a private vote over those labels, answered by many hospitals and charged; without labels the answer is a short text, drawn token by token and charged for each; a model id that ends in ":public" asks the public model alone, which is free. With stream: true the answer comes as server-sent events, the privacy statement with the last.',
          requestParams: { header: idempotencyKey },
          requestBody: { required: true, ...json(chatCompletionSchema, EXAMPLE_VOTE) },
          responses: { 200: replied(chatCompletionReplySchema), default: failure },
        },
      },
      '/v1/completions': {
        post: {
          operationId: 'createCompletion',
          summary: 'Ask with a bare prompt',
          description:
            'The older form of a question without labels. As there, the answer is private and charged unless the model id ends in ":public".',
          requestParams: { header: idempotencyKey },
          requestBody: {
            required: true,
            ...json(completionSchema, { model: 'demo-medllama:public', prompt: 'What is asthma?' }),
          },
          responses: { 200: replied(textCompletionReplySchema), default: failure },
        },
      },
      '/v1/privacy/quote': {
        post: {
          operationId: 'quote',
          summary: 'See what a request would cost and be worth',
          description: 'Free; it touches no record, and the messages may be left out.',
          requestBody: {
            required: true,
            ...json(quoteSchema, {
              model: EXAMPLE_VOTE.model,
              response_format: EXAMPLE_VOTE.response_format,
            }),
          },
          responses: { 200: replied(quoteReplySchema), default: failure },
        },
      },
      '/v1/models': {
        get: {
          operationId: 'listModels',
          summary: 'List the models',
          responses: { 200: replied(modelsReplySchema), default: failure },
        },
      },
      ...auditLogPaths(failure),
    },
  });
}
