import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { PrismaTransaction } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { type Action, authorise } from '#lib/identity/permissions';

/** A node that `actor` may do `action` to. Throws NotFoundError for another organisation's and for nobody's id. */
export async function nodeToChange(
  tx: PrismaTransaction,
  actor: SessionActor,
  action: Extract<Action, `node.${string}`>,
  id: string,
) {
  const isId = z.uuid().safeParse(id).success;
  const node = isId ? await tx.node.findUnique({ where: { id }, include: { hospital: true } }) : null;
  if (!node) throw new NotFoundError();
  const { organisationId, id: hospitalId } = node.hospital;
  authorise(actor, action, { kind: 'node', organisationId, hospitalId });
  return node;
}
