import type { PrismaTransaction } from '#lib/db/prisma';
import { UnprocessableError } from '#lib/errors';

/** A node without a certificate that counts cannot connect: admitting it would promise what it cannot do. */
export async function requireCertificate(tx: PrismaTransaction, nodeId: string, now: Date): Promise<void> {
  const valid = await tx.nodeCertificate.count({ where: { nodeId, revokedAt: null, notAfter: { gt: now } } });
  if (valid > 0) return;
  throw new UnprocessableError(
    'The node has not fetched its certificate. Let the hospital finish fdlr node init first.',
    { code: 'no_certificate' },
  );
}
