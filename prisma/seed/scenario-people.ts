import type { Role } from '#lib/actor';
import { hashPassword } from '#lib/identity/password';
import type { Scenario } from './scenario.ts';
import { idOf } from './scenario-ids.ts';

export type PersonRow = {
  id: string;
  organisationId: string;
  departmentId: string;
  hospitalId: string | null;
  email: string;
  name: string;
  role: Role;
  pseudonym: string;
  passwordHash: string;
};

/** Everybody of the scenario, with the passwords of the federation file hashed: slow on purpose, so side by side. */
export function peopleOf(scenario: Scenario, passwords: Record<string, string>): Promise<PersonRow[]> {
  return Promise.all(
    scenario.organisations.flatMap((organisation) =>
      organisation.users.map(async (user) => ({
        id: idOf('user', user.email),
        organisationId: idOf('organisation', organisation.key),
        departmentId: idOf('department', `${organisation.key}/${user.department}`),
        hospitalId: user.hospital === undefined ? null : idOf('hospital', user.hospital),
        email: user.email,
        name: user.name,
        role: user.role,
        pseudonym: crypto.randomUUID(),
        passwordHash: await hashPassword(passwords[user.email] ?? crypto.randomUUID()),
      })),
    ),
  );
}
