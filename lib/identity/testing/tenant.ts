import { randomUUID } from 'node:crypto';
import type { Role, SessionActor } from '../../actor.ts';
import type { AccountKind } from '../../db/generated/enums.ts';
import type { Database } from '../../db/prisma.ts';
import { hashPassword } from '../password.ts';

export type Tenant = { organisationId: string; departmentId: string };

/** An organisation of a test's own, with one department. */
export async function createTenant(db: Database): Promise<Tenant> {
  const organisationId = randomUUID();
  const name = `Test organisation ${organisationId.slice(0, 8)}`;
  await db.organisation.create({
    data: { id: organisationId, name, region: 'eu-west-1', maxRequestEpsilon: 1 },
  });
  return { organisationId, departmentId: await createDepartment(db, organisationId) };
}

export async function createDepartment(db: Database, organisationId: string): Promise<string> {
  const id = randomUUID();
  await db.department.create({ data: { id, organisationId, name: `Department ${id.slice(0, 8)}` } });
  return id;
}

/** A user, as the actor a session of theirs would be. */
export async function createUser(
  db: Database,
  tenant: Tenant,
  role: Role,
  credentials: { email?: string; password?: string } = {},
): Promise<SessionActor> {
  const userId = randomUUID();
  const hospitalId = role === 'node_operator' ? await createHospital(db, tenant.organisationId) : null;
  await db.user.create({
    data: {
      ...tenant,
      id: userId,
      email: credentials.email ?? `${userId}@example.org`,
      name: `Test ${role}`,
      role,
      hospitalId,
      passwordHash: await hashPassword(credentials.password ?? randomUUID()),
      pseudonym: randomUUID(),
    },
  });
  return { kind: 'session', sessionId: randomUUID(), userId, role, hospitalId, ...tenant };
}

export async function createHospital(db: Database, organisationId: string): Promise<string> {
  const id = randomUUID();
  const name = `Hospital ${id.slice(0, 8)}`;
  await db.hospital.create({ data: { id, organisationId, name, region: 'eu-west-1', regime: 'GDPR' } });
  return id;
}

export async function createAccount(
  db: Database,
  organisationId: string,
  kind: AccountKind,
  ownerId: string,
  period: string,
): Promise<string> {
  const id = randomUUID();
  await db.account.create({
    data: { id, kind, ownerId, organisationId, name: kind, period, capRhoPico: 10n ** 12n, delta: '0.00001' },
  });
  return id;
}

/** A request that was answered and charged `rhoPico`. */
export async function createRequest(
  db: Database,
  asker: SessionActor,
  createdAt = new Date(),
  rhoPico = 433_000_000n,
): Promise<string> {
  const id = randomUUID();
  const { organisationId, departmentId, userId } = asker;
  await db.request.create({
    data: {
      id,
      organisationId,
      departmentId,
      userId,
      state: 'answered',
      route: 'federated',
      mechanism: 'vote',
      mode: 'exact',
      model: 'demo-medllama',
      purpose: 'clinical-decision-support',
      bodyHash: new Uint8Array(32),
      epsilon: 0.1,
      delta: '0.00001',
      rhoPico,
      chargedRhoPico: rhoPico,
      nodes: 4,
      shards: 256,
      labelCount: 2,
      parameters: {},
      replica: 'test',
      stagesMs: { plan: 2, reserve: 5 },
      createdAt,
    },
  });
  return id;
}

/** The reservation and settlement of one charge, and its effect on the account. */
export async function chargeAccount(
  db: Database,
  accountId: string,
  requestId: string,
  rhoPico: bigint,
  createdAt = new Date(),
): Promise<void> {
  const common = { requestId, accountId, mechanism: 'vote', parameters: {}, createdAt };
  await db.ledgerEntry.createMany({
    data: [
      { ...common, id: randomUUID(), kind: 'reserve', spentDeltaPico: 0n, reservedDeltaPico: rhoPico },
      { ...common, id: randomUUID(), kind: 'settle', spentDeltaPico: rhoPico, reservedDeltaPico: -rhoPico },
    ],
  });
  await db.account.update({ where: { id: accountId }, data: { spentRhoPico: { increment: rhoPico } } });
}
