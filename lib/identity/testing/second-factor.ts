import { TOTP } from 'otpauth';
import type { SessionActor } from '../../actor.ts';
import type { Database } from '../../db/prisma.ts';
import { beginEnrolment } from '../second-factor/begin-enrolment.ts';
import { confirmEnrolment } from '../second-factor/confirm-enrolment.ts';
import { createSession } from '../sessions.ts';
import type { SignInKeys } from '../sign-in.ts';

export const STEP_MS = 30_000;

/** What the app with this secret shows at a moment. */
export function appCode(secret: string, at: Date): string {
  return new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({ timestamp: at.getTime() });
}

/** The person in a session of theirs. */
export async function signedIn(db: Database, actor: SessionActor, now = new Date()): Promise<SessionActor> {
  return { ...actor, sessionId: await createSession(db, actor.userId, now) };
}

/** The same with an authenticator app, just proved. */
export async function withTwoFactors(db: Database, actor: SessionActor, keys: SignInKeys, now = new Date()) {
  const person = await signedIn(db, actor, now);
  const { secret } = await beginEnrolment(db, person, keys.factors, now);
  const recoveryCodes = await confirmEnrolment(db, person, { code: appCode(secret, now) }, keys.factors, now);
  return { person, secret, recoveryCodes };
}
