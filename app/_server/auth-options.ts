import { cookies, headers } from 'next/headers';
import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import { webEnv } from '#lib/env';
import { DomainError } from '#lib/errors';
import { callerAddress } from '#lib/identity/address-key';
import { plainText } from '#lib/identity/plain-text';
import { revokeSession, SESSION_SECONDS } from '#lib/identity/sessions';
import { signIn } from '#lib/identity/sign-in';
import { signInPace } from '#lib/identity/sign-in-pace';
import { cookieNames, secureCookies } from './cookie-names.ts';
import { database } from './database.ts';
import { webLog } from './log.ts';
import { PEER_HEADER } from './peer-header.ts';
import { sessionIdFrom } from './session-id.ts';

const pace = signInPace();

const credentialsSchema = z.object({ email: plainText({ max: 320 }), password: z.string().max(1024) });

/** next-auth carries a session id in an encrypted cookie and nothing else; the session table decides the rest. */
/** `onLimited` is told how long a sign-in that came too soon has to wait. */
export function authOptions(onLimited: (retryAfterMs: number) => void): AuthOptions {
  const { NEXTAUTH_SECRET: secret, FDLR_TRUSTED_PROXIES: proxies } = webEnv();
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
        credentials: { email: {}, password: {} },
        async authorize(given) {
          const credentials = credentialsSchema.safeParse(given);
          if (!credentials.success) return null;
          try {
            const former = (await cookies()).get(names.session)?.value;
            const sent = await headers();
            const address = callerAddress(sent.get(PEER_HEADER), sent.get('x-forwarded-for'), proxies);
            const input = {
              ...credentials.data,
              address,
              pace,
              formerSessionId: await sessionIdFrom(former),
            };
            return { id: await signIn(database(), input, secret) };
          } catch (error) {
            if (!(error instanceof DomainError)) {
              webLog().error({ err: error }, 'a password could not be checked');
              throw new Error('unavailable', { cause: error });
            }
            if (error.code === 'too_many_attempts') {
              onLimited(Number(error.extra?.retryAfterMs ?? 0));
              throw new Error(error.code);
            }
            return null;
          }
        },
      }),
    ],
    callbacks: {
      // `user.id` is the session's id, set by authorize above, and only at sign-in.
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
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
