import { z } from 'zod';
import { createKeySchema, revokeKeySchema } from '#lib/identity/api-keys/schemas';
import { defineRoute } from './definition.ts';

export const CREATE_KEY = defineRoute({
  method: 'POST',
  path: '/api/console/keys',
  summary: 'Make an API key for oneself',
  description: 'The only reply that holds the key: it is stored nowhere.',
  action: 'api_key.create',
  body: createKeySchema,
  reply: z.object({ id: z.uuid(), key: z.string(), expiresAt: z.iso.datetime() }),
});

export const REVOKE_KEY = defineRoute({
  method: 'POST',
  path: '/api/console/keys/{id}/revoke',
  summary: 'Revoke an API key for good',
  action: 'api_key.revoke',
  params: z.object({ id: z.uuid() }),
  body: revokeKeySchema,
  reply: z.object({ revoked: z.literal(true) }),
});
