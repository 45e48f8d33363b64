import 'server-only';
import type { Person } from '#components/shell/account-menu';
import type { SessionActor } from '#lib/actor';
import { database } from './database.ts';

/** The signed-in person's own name and place, for the account menu. */
export async function personOf(actor: SessionActor): Promise<Person> {
  const user = await database().user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: {
      name: true,
      role: true,
      organisation: { select: { name: true } },
      department: { select: { name: true } },
    },
  });
  return {
    name: user.name,
    role: user.role,
    organisation: user.organisation.name,
    department: user.department.name,
  };
}
