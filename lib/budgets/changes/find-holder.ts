import type { AccountKind } from '#lib/db/generated/enums';
import type { PrismaTransaction } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';

/** The name of a holder of budgets in an organisation. Throws NotFoundError for another's, and for nobody. */
export async function findHolder(
  tx: PrismaTransaction,
  organisationId: string,
  kind: AccountKind,
  ownerId: string,
): Promise<string> {
  const name = await nameOf(tx, organisationId, kind, ownerId);
  if (name === null) throw new NotFoundError();
  return name;
}

async function nameOf(
  tx: PrismaTransaction,
  organisationId: string,
  kind: AccountKind,
  id: string,
): Promise<string | null> {
  const where = { id, organisationId };
  const select = { name: true };
  switch (kind) {
    case 'user':
      return (await tx.user.findFirst({ where: { ...where, disabledAt: null }, select }))?.name ?? null;
    case 'department':
      return (await tx.department.findFirst({ where, select }))?.name ?? null;
    case 'organisation':
      return id === organisationId
        ? ((await tx.organisation.findUnique({ where: { id }, select }))?.name ?? null)
        : null;
    case 'dataset': {
      const node = await tx.node.findFirst({
        where: { datasetId: id, hospital: { organisationId } },
        select: { hospital: { select } },
      });
      return node?.hospital.name ?? null;
    }
  }
}
