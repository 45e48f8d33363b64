import { cookies } from 'next/headers';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { webEnv } from '#lib/env';
import { DomainError } from '#lib/errors';
import { plainText } from '#lib/identity/plain-text';
import { findSessionActor, revokeSession, SESSION_SECONDS } from '#lib/identity/sessions';
import { signIn } from '#lib/identity/sign-in';
import { cookieNames, secureCookies } from './cookie-names.ts';
import { database } from './database.ts';
import { webLog } from './log.ts';
import { sessionIdFrom } from './session-id.ts';
import { attemptFrom, signInKeys } from './sign-in-keys.ts';

const credentialsSchema = z.object({
  email: plainText({ max: 320 }),
  password: z.string().max(1024),
  code: z.string().max(64).optional(),
});

/** Told only to who gave the right password: that a code is needed, that it was a wrong one, that none works. */
const SECOND_STEP = ['code_needed', 'wrong_code', 'codes_ended'];
const HELD_BACK = ['too_many_attempts', 'too_many_codes'];

/** next-auth carries a session id in an encrypted cookie and nothing else; the session table decides the rest. */
/** `onLimited` is told how long a sign-in that came too soon has to wait. */
export function authOptions(onLimited: (retryAfterMs: number) => void): AuthOptions {
  const { NEXTAUTH_SECRET: secret } = webEnv();
  const names = cookieNames();
  // Lax for the session: a link from a mail or a ticket opens its page, and nothing changes by a GET. What changes
  // things is a POST, for which lax sends no cookie across sites, and console-route.ts checks the origin besides.
  const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: secureCookies() };
  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: secureCookies(),
    cookies: {
      sessionToken: { name: names.session, options: { ...options, maxAge: SESSION_SECONDS } },
      csrfToken: { name: names.csrf, options: { ...options, sameSite: 'strict' } },
      callbackUrl: { name: names.callback, options },
    },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, code: {} },
        async authorize(given) {
          const credentials = credentialsSchema.safeParse(given);
          if (!credentials.success) return null;
          try {
            const former = (await cookies()).get(names.session)?.value;
            const { code = null, ...named } = credentials.data;
            const formerSessionId = await sessionIdFrom(former);
            const input = { ...named, code, ...(await attemptFrom()), formerSessionId };
            return { id: await signIn(database(), input, signInKeys()) };
          } catch (error) {
            if (!(error instanceof DomainError)) {
              webLog().error({ err: error }, 'a password could not be checked');
              throw new Error('unavailable', { cause: error });
            }
            if (HELD_BACK.includes(error.code)) {
              const retryAfterMs = Number(error.extra?.retryAfterMs ?? 0);
              onLimited(retryAfterMs);
              // The form gets nothing but these words; it says how long to wait.
              throw new Error(`${error.code}:${Math.ceil(retryAfterMs / 1000)}`);
            }
            if (SECOND_STEP.includes(error.code)) throw new Error(error.code);
            return null;
          }
        },
      }),
    ],
    callbacks: {
      // `user.id` is the session's id, set by authorize above, and only at sign-in.
      jwt: async ({ token, user }) => {
        if (!user) return { sid: token.sid, org: token.org };
        const actor = await findSessionActor(database(), user.id);
        return { sid: user.id, org: actor?.organisationId ?? null };
      },
      // Nobody is told who is signed in over the session endpoint; pages read the table.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      // For callers of next-auth's own sign-out. It drops the cookie even when this fails, and so the console ends the
      // row first, by /api/console/sign-out.
      async signOut({ token }) {
        const sid = z.uuid().safeParse(token?.sid);
        if (sid.success) await revokeSession(database(), sid.data);
      },
    },
  };
}
