import type { SessionActor } from '#lib/actor';
import type { TestDatabase } from '#lib/db/testing';
import { withTwoFactors } from '#lib/identity/testing/second-factor';
import { testSignInKeys } from '#lib/identity/testing/sign-in-keys';
import { createAccount, createTenant, createUser, type Tenant } from '#lib/identity/testing/tenant';

export const NOW = new Date('2026-11-23T12:00:00Z');
export const REASON = 'More questions than were planned for';
const keys = testSignInKeys();

/** A data-protection officer, a compliance officer and a clinician of one organisation; the clinician's account. */
export async function officers(database: TestDatabase, tenant?: Tenant) {
  const db = database.prisma;
  const place = tenant ?? (await createTenant(db));
  const officer = async (role: 'dpo' | 'compliance_officer'): Promise<SessionActor> =>
    (await withTwoFactors(db, await createUser(db, place, role), keys, NOW)).person;
  const clinician = await createUser(db, place, 'clinician');
  const accountId = await createAccount(db, place.organisationId, 'user', clinician.userId, '2026');
  return {
    tenant: place,
    dpo: await officer('dpo'),
    officer: await officer('compliance_officer'),
    clinician,
    accountId,
  };
}

/** Ids of those who were told something of a decision, with what. */
export async function toldOf(database: TestDatabase, id: string): Promise<string[]> {
  const jobs = await database.pool.query<{ data: { about: string; userId: string } }>(
    `SELECT data FROM pgboss.job WHERE name = 'mail.decision' AND data->>'id' = $1 ORDER BY data->>'about'`,
    [id],
  );
  return jobs.rows.map(({ data }) => `${data.about} ${data.userId}`);
}
