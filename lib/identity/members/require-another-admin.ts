import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';

/**
 * Throws ConflictError (`last_admin`) when nobody but this member could manage the organisation. Nobody removes
 * themselves, so this is for two administrators who remove each other at once.
 */
export async function requireAnotherAdmin(
  tx: PrismaTransaction,
  organisationId: string,
  exceptUserId: string,
): Promise<void> {
  const others = await tx.user.count({
    where: { organisationId, role: 'admin', disabledAt: null, id: { not: exceptUserId } },
  });
  if (others > 0) return;
  throw new ConflictError('This is the last active administrator. Make another one first.', {
    code: 'last_admin',
  });
}
