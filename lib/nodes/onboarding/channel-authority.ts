import type { PrismaTransaction } from '#lib/db/prisma';
import { UnavailableError } from '#lib/errors';

/** Where nodes dial and what they pin, as the router published it. Throws UnavailableError before its first start. */
export async function channelAuthority(tx: PrismaTransaction) {
  const authority = await tx.channelAuthority.findUnique({ where: { id: 1 } });
  if (authority) return authority;
  throw new UnavailableError('The router has not published its certificate authority yet. Start it first.', {
    code: 'no_channel_authority',
  });
}

/** What the hospital types on the machine of its node: its folder is made where it is typed. */
export function initCommand(authority: { url: string; caFingerprint: string }, code: string): string {
  return `npx fdlr node init --router ${authority.url} --ca-fingerprint ${authority.caFingerprint} --code ${code} --data node`;
}
