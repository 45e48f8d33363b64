import { z } from 'zod';
import { changePurposeSchema } from '#lib/settings/purpose-schema';
import { defineRoute } from './definition.ts';

export const CHANGE_PURPOSE = defineRoute({
  method: 'POST',
  path: '/api/console/settings/hospitals/{id}/purposes',
  summary: 'Let a hospital answer for a purpose, or no longer',
  description: 'It holds from the next question on.',
  action: 'purpose.change',
  params: z.object({ id: z.uuid() }),
  body: changePurposeSchema,
  reply: z.object({ answers: z.boolean() }),
});

export const END_OTHER_SESSIONS = defineRoute({
  method: 'POST',
  path: '/api/console/settings/other-sessions',
  summary: "End all of one's sessions but this one",
  action: null,
  body: z.strictObject({}),
  reply: z.object({ ended: z.int() }),
});
