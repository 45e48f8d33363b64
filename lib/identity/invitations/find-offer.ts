import type { Role } from '#lib/actor';
import type { Invitation } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { invitationTokenSha256 } from '../invitation-token.ts';
import { isStillOffered } from './inviter-stands.ts';

export type Offer =
  | { state: 'open'; name: string; email: string; role: Role; organisation: string; expiresAt: Date }
  | { state: 'expired' | 'withdrawn' | 'used' };

/** What a link offers to whoever holds it; null for a token that was never given out. */
export async function findOffer(db: Database, token: string, now = new Date()): Promise<Offer | null> {
  const invitation = await db.invitation.findUnique({
    where: { tokenSha256: new Uint8Array(invitationTokenSha256(token)) },
    include: { organisation: { select: { name: true } } },
  });
  if (!invitation) return null;
  const state = stateOf(invitation, now);
  if (state !== 'open') return { state };
  if (!(await isStillOffered(db, invitation))) return { state: 'withdrawn' };
  const { name, email, role, expiresAt, organisation } = invitation;
  return { state, name, email, role, expiresAt, organisation: organisation.name };
}

export function stateOf(
  { acceptedAt, withdrawnAt, expiresAt }: Pick<Invitation, 'acceptedAt' | 'withdrawnAt' | 'expiresAt'>,
  now: Date,
): Offer['state'] {
  if (acceptedAt) return 'used';
  if (withdrawnAt) return 'withdrawn';
  return expiresAt <= now ? 'expired' : 'open';
}
