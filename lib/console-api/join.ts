import { z } from 'zod';
import { acceptSchema } from '#lib/identity/invitations/accept-schema';
import { defineRoute } from './definition.ts';

export const JOIN = defineRoute({
  method: 'POST',
  path: '/api/console/join',
  summary: 'Take an invitation up',
  description: "Nobody is signed in: the link's token is the permission.",
  action: null,
  signedOut: true,
  body: acceptSchema,
  reply: z.object({ email: z.string() }),
});
