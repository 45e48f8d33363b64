import { randomUUID } from 'node:crypto';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { isUniqueViolation } from '#lib/db/atomically';
import type { Invitation } from '#lib/db/generated/client';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { privacyEnv } from '#lib/env';
import { ConflictError, GoneError, InvalidRequestError, NotFoundError } from '#lib/errors';
import { periodOf } from '#lib/ledger/period';
import { recordAccount } from '#lib/ledger/record-account';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { invitationTokenSha256 } from '../invitation-token.ts';
import { newPasswordFault } from '../new-password.ts';
import { hashPassword } from '../password.ts';
import type { Accept } from './accept-schema.ts';
import { stateOf } from './find-offer.ts';
import { isStillOffered } from './inviter-stands.ts';

/**
 * Takes an offer up: the person, their budget for this year and the leaf stand or fall together. The token is the
 * permission. Throws NotFoundError for a token never given out, GoneError for one whose time is over or whose inviter
 * may no longer invite, ConflictError (`email_taken`) for an address that has an account, InvalidRequestError for a password that will not do.
 */
export async function acceptInvitation(
  db: Database,
  { token, password }: Accept,
  now = new Date(),
): Promise<{ userId: string; email: string }> {
  const invitation = await db.invitation.findUnique({
    where: { tokenSha256: new Uint8Array(invitationTokenSha256(token)) },
  });
  if (!invitation) throw new NotFoundError('There is no such invitation.');
  requireOpen(invitation, now);
  requirePassword(password, invitation);
  // Before the transaction: it takes tens of milliseconds of work.
  const passwordHash = await hashPassword(password);
  const userId = randomUUID();
  try {
    await db.$transaction(async (tx) => {
      await requireInviter(tx, invitation);
      const taken = await tx.invitation.updateMany({
        where: { id: invitation.id, acceptedAt: null, withdrawnAt: null, expiresAt: { gt: now } },
        data: { acceptedAt: now },
      });
      if (taken.count === 0) {
        throw new ConflictError('This invitation was taken up or withdrawn meanwhile.', {
          code: 'invitation_closed',
        });
      }
      await join(tx, invitation, { userId, passwordHash }, now);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError('There is an account with this address already.', { code: 'email_taken' });
  }
  return { userId, email: invitation.email };
}

function requireOpen(invitation: Invitation, now: Date): void {
  const state = stateOf(invitation, now);
  if (state === 'open') return;
  throw new GoneError('This invitation no longer works.', { code: `invitation_${state}` });
}

/**
 * Holds the inviter as they are until the person has joined: whoever disables them meanwhile waits, and finds the
 * invitation taken up.
 */
async function requireInviter(tx: PrismaTransaction, invitation: Invitation): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${invitation.invitedById}::uuid FOR SHARE`;
  if (await isStillOffered(tx, invitation)) return;
  throw new GoneError('This invitation no longer works.', { code: 'invitation_withdrawn' });
}

function requirePassword(password: string, owner: { email: string; name: string }): void {
  const fault = newPasswordFault(password, owner);
  if (fault) {
    throw new InvalidRequestError('This password will not do.', {
      code: 'weak_password',
      param: 'password',
      extra: { fault },
    });
  }
}

async function join(
  tx: PrismaTransaction,
  { id, organisationId, departmentId, hospitalId, email, name, role }: Invitation,
  { userId, passwordHash }: { userId: string; passwordHash: string },
  now: Date,
): Promise<void> {
  const pseudonym = randomUUID();
  await tx.user.create({
    data: {
      id: userId,
      organisationId,
      departmentId,
      hospitalId,
      email,
      name,
      role,
      passwordHash,
      pseudonym,
      createdAt: now,
    },
  });
  const { FEDERATED_DELTA: delta, FEDERATED_MAX_BUDGET_PER_USER: cap } = privacyEnv();
  await recordAccount(tx, {
    kind: 'user',
    ownerId: userId,
    organisationId,
    name,
    period: periodOf(now),
    capRhoPico: rhoFromEpsilon(cap, delta),
    delta: String(delta),
  });
  await recordLeaf(
    tx,
    { v: 1, atMs: now.getTime(), type: 'member.joined', invitationId: id, member: pseudonym, role },
    userId,
  );
}
