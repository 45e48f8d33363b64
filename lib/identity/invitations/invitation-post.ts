import { createHash } from 'node:crypto';
import type { PrismaTransaction } from '#lib/db/prisma';

/** How long the link in the mail works. */
export const INVITATION_HOURS = 72;

/** What an invitation needs of the mail: the token that its link carries, and the job that sends it. */
export type InvitationPost = {
  /** Worked out from the id under a key of the server's, so that no table and no job holds it. */
  tokenOf(invitationId: string): string;
  /** Puts the mail into the queue, in the transaction that writes the invitation. */
  send(tx: PrismaTransaction, invitationId: string): Promise<void>;
};

export function tokenSha256(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + INVITATION_HOURS * 3_600_000);
}
