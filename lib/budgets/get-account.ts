import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { accountResource } from './account-resource.ts';
import { toAccountView } from './account-view.ts';

/** One account. Throws NotFoundError unless the actor may see it, ForbiddenError for a kind the role never reads. */
export async function getAccount(db: Database, actor: PrincipalActor, id: string) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const account = await db.account.findUnique({ where: { id } });
  if (!account) throw new NotFoundError();
  authorise(actor, 'account.read', accountResource(account));
  return { ...toAccountView(account), createdAt: account.createdAt };
}
