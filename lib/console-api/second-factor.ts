import { z } from 'zod';
import { codeSchema, proveBothSchema, proveSchema } from '#lib/identity/prove-schema';
import { reasonSchema } from '#lib/identity/reason';
import { defineRoute } from './definition.ts';

const codes = z.object({ recoveryCodes: z.array(z.string()) });
const PROVED = 'Only within five minutes of proving who you are; else 403 `proof_needed`.';
const BOTH =
  'Takes the password and a code of the app or a recovery code with it, however short ago you proved who you are; else 401 `wrong_proof` or `wrong_code`. You are told by mail.';

export const PROVE = defineRoute({
  method: 'POST',
  path: '/api/console/prove',
  summary: 'Prove anew who you are',
  description:
    'With the password and, for those who have one, a code of the authenticator app or a recovery code.',
  action: null,
  body: proveSchema,
  reply: z.object({ proved: z.literal(true) }),
});

export const BEGIN_SECOND_FACTOR = defineRoute({
  method: 'POST',
  path: '/api/console/second-factor/begin',
  summary: 'Begin to add an authenticator app',
  description: `The secret is in this reply and nowhere else in clear. ${PROVED}`,
  action: null,
  body: z.strictObject({}),
  reply: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }),
});

export const CONFIRM_SECOND_FACTOR = defineRoute({
  method: 'POST',
  path: '/api/console/second-factor/confirm',
  summary: 'Confirm the authenticator app by its first code',
  description: `The recovery codes are in this reply and nowhere else; only their hashes are kept. ${PROVED}`,
  action: null,
  body: z.strictObject({ code: codeSchema }),
  reply: codes,
});

export const RENEW_RECOVERY_CODES = defineRoute({
  method: 'POST',
  path: '/api/console/second-factor/recovery-codes',
  summary: 'Make new recovery codes',
  description: `The former ones work no more. ${BOTH}`,
  action: null,
  body: proveBothSchema,
  reply: codes,
});

export const REMOVE_SECOND_FACTOR = defineRoute({
  method: 'POST',
  path: '/api/console/second-factor/remove',
  summary: 'Give up your authenticator app',
  description: BOTH,
  action: null,
  body: proveBothSchema,
  reply: z.object({ removed: z.literal(true) }),
});

export const RESET_SECOND_FACTOR = defineRoute({
  method: 'POST',
  path: '/api/console/members/{id}/second-factor',
  summary: 'Take a lost authenticator app off a member',
  description: `Their sessions end; with their password alone they can sign in and add another. ${PROVED}`,
  action: 'member.change',
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({ reason: reasonSchema }),
  reply: z.object({ sessionsEnded: z.int() }),
});
