import { randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { atomically } from '#lib/db/atomically';
import type { Database, PrismaTransaction } from '#lib/db/prisma';
import { ConflictError, NotFoundError, UnprocessableError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { recordTransition } from './change-state.ts';
import { type Invited, openInvite } from './open-invite.ts';
import { sameName } from './same-name.ts';
import type { InviteNode } from './schemas.ts';

/**
 * Offers a hospital a place for its node. A hospital has one record collection and one node at a time: who is invited
 * again keeps its dataset account, so that nothing that was spent is ever given back. Throws NotFoundError for another
 * organisation's hospital, ConflictError where it has a node, or where a new one bears the name of one that is known.
 */
export async function inviteNode(
  db: Database,
  actor: SessionActor,
  invite: InviteNode,
  now = new Date(),
): Promise<Invited> {
  const { organisationId } = actor;
  authorise(actor, 'node.invite', { kind: 'node', organisationId });
  return atomically(db, (tx) => inviteIn(tx, actor, invite, now));
}

/** The same within a transaction, for many at once. The caller has authorised. */
export async function inviteIn(
  tx: PrismaTransaction,
  actor: SessionActor,
  invite: InviteNode,
  now: Date,
): Promise<Invited> {
  const { hospitalId, datasetId } = await placeFor(tx, actor, invite);
  const { siteName, jurisdiction, shards, lanes, dataSize, computeCapacity, complianceLevel, endpoint } =
    invite;
  const nodeId = randomUUID();
  await tx.node.create({
    data: {
      id: nodeId,
      hospitalId,
      name: siteName,
      state: 'invited',
      datasetId,
      jurisdiction,
      shards,
      lanes,
      dataSize,
      computeCapacity,
      complianceLevel,
      endpoint,
      createdAt: now,
    },
  });
  await recordTransition(tx, { nodeId, from: null, to: 'invited', actor, reason: null }, now);
  return openInvite(tx, actor, { nodeId, expiresInHours: invite.expiresInHours, again: false }, now);
}

async function placeFor(tx: PrismaTransaction, { organisationId }: SessionActor, invite: InviteNode) {
  const { hospital } = invite;
  if (hospital.kind === 'new') {
    const { name, regime, region, allowedRegions } = hospital;
    await requireNewName(tx, organisationId, name);
    const hospitalId = randomUUID();
    await tx.hospital.create({ data: { id: hospitalId, organisationId, name, regime, region } });
    await tx.residencyRule.createMany({
      data: [...new Set(allowedRegions)].map((allowedRegion) => ({ hospitalId, allowedRegion })),
    });
    return { hospitalId, datasetId: randomUUID() };
  }
  const { hospitalId } = hospital;
  const known = await tx.hospital.findFirst({
    where: { id: hospitalId, organisationId },
    include: { nodes: { orderBy: { createdAt: 'desc' } } },
  });
  if (!known) throw new NotFoundError();
  const [last] = known.nodes;
  if (known.nodes.some((node) => node.state !== 'revoked')) {
    throw new ConflictError('This hospital has a node. Revoke it before you invite another.', {
      code: 'hospital_has_node',
    });
  }
  if (last && last.shards !== invite.shards && (await isBegun(tx, last.datasetId))) {
    throw new UnprocessableError(
      `The record collection of this hospital has ${last.shards} shards. Their number is public and fixed.`,
      { code: 'shards_fixed', param: 'shards', extra: { shards: last.shards } },
    );
  }
  return { hospitalId, datasetId: last?.datasetId ?? randomUUID() };
}

/** Whether anything can have been spent on a record collection: from its first admission on it has an account. */
async function isBegun(tx: PrismaTransaction, datasetId: string): Promise<boolean> {
  return (await tx.account.count({ where: { kind: 'dataset', ownerId: datasetId } })) > 0;
}

/** A hospital that is entered as new a second time would have a second record collection, and a budget as if unspent. */
async function requireNewName(tx: PrismaTransaction, organisationId: string, name: string): Promise<void> {
  const known = await tx.hospital.findMany({ where: { organisationId }, select: { name: true } });
  if (!known.some((other) => sameName(other.name) === sameName(name))) return;
  throw new ConflictError(
    `${name} is one of your hospitals already. Invite it as one that you have: its record collection and what was spent on it stay.`,
    { code: 'hospital_known', param: 'name' },
  );
}
