import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { SessionActor } from '#lib/actor';
import { findSessionActor } from '#lib/identity/sessions';
import { cookieNames } from './cookie-names.ts';
import { database } from './database.ts';
import { PATH_HEADER } from './path-header.ts';
import { sessionIdFrom } from './session-id.ts';

/** Who is signed in, by the session's row and the user's, read once per request; null for nobody. */
export const getActor = cache(async (): Promise<SessionActor | null> => {
  const cookie = (await cookies()).get(cookieNames().session)?.value;
  const sessionId = await sessionIdFrom(cookie);
  return sessionId ? findSessionActor(database(), sessionId) : null;
});

/** The same for pages: nobody is sent to sign in and back. */
export async function requireActor(): Promise<SessionActor> {
  const actor = await getActor();
  if (actor) return actor;
  const path = (await headers()).get(PATH_HEADER) ?? '/';
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}
