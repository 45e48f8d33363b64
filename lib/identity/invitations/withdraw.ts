import type { PrismaTransaction } from '#lib/db/prisma';
import { ConflictError } from '#lib/errors';

/** Makes a link dead. Throws ConflictError when it was taken up or withdrawn before. */
export async function withdraw(tx: PrismaTransaction, id: string, now: Date): Promise<void> {
  const withdrawn = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, withdrawnAt: null },
    data: { withdrawnAt: now },
  });
  if (withdrawn.count > 0) return;
  throw new ConflictError('This invitation was taken up or withdrawn meanwhile. Look again.', {
    code: 'invitation_closed',
  });
}
