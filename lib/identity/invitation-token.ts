import { createHash, createHmac } from 'node:crypto';
import { loadOrCreateSecret } from '#lib/crypto/key-files';

/**
 * The secret part of an invitation's link. It is computed from the invitation's id under a key of the federation, so
 * that it is stored nowhere: the table has its SHA-256, a mail job has the id, and the router computes it anew for the
 * mail. Whoever reads the database cannot take up an invitation.
 */
export function invitationToken(key: Buffer, invitationId: string): string {
  return createHmac('sha256', key).update(`invitation:${invitationId}`).digest('base64url');
}

/** What the table holds of a token, and how an invitation is found by one. */
export function invitationTokenSha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The key's file, which console and router share. */
export function loadInvitationKey(path: string): Buffer {
  return loadOrCreateSecret(path);
}
