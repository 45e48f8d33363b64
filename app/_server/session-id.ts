import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { webEnv } from '#lib/env';

/** `org` says only where this browser may connect besides the console; what a person may see, the session's row decides. */
const tokenSchema = z.object({ sid: z.uuid(), org: z.uuid().nullish() });
export type SessionToken = { sessionId: string; organisationId: string | null };

/** The session in the cookie's token, or null for none, a forged one and one that ran out. Says nothing of the row. */
export async function sessionFrom(cookie: string | undefined): Promise<SessionToken | null> {
  if (!cookie) return null;
  try {
    const token = await decode({ token: cookie, secret: webEnv().NEXTAUTH_SECRET });
    const { sid, org } = tokenSchema.parse(token);
    return { sessionId: sid, organisationId: org ?? null };
  } catch {
    return null;
  }
}

export async function sessionIdFrom(cookie: string | undefined): Promise<string | null> {
  return (await sessionFrom(cookie))?.sessionId ?? null;
}
