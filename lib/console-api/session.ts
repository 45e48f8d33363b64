import { z } from 'zod';
import { defineRoute } from './definition.ts';

export const SIGN_OUT = defineRoute({
  method: 'POST',
  path: '/api/console/sign-out',
  summary: 'End this session',
  description: 'The session is over for good, whatever becomes of its cookie.',
  action: null,
  body: z.strictObject({}),
  reply: z.object({ ended: z.literal(true) }),
});
