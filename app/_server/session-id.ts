import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import { webEnv } from '#lib/env';

const tokenSchema = z.object({ sid: z.uuid() });

/** The session id in the cookie's token, or null for none, a forged one and one that ran out. Says nothing of the row. */
export async function sessionIdFrom(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  try {
    const token = await decode({ token: cookie, secret: webEnv().NEXTAUTH_SECRET });
    return tokenSchema.parse(token).sid;
  } catch {
    return null;
  }
}
