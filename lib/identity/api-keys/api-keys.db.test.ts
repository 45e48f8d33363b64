import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, SessionActor } from '../../actor.ts';
import { type TestDatabase, testDatabase } from '../../db/testing.ts';
import { ConflictError, ForbiddenError, NotFoundError } from '../../errors.ts';
import { leavesAbout, pseudonymOf } from '../testing/leaves.ts';
import { createTenant, createUser, type Tenant } from '../testing/tenant.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './list-keys.ts';
import { revokeKey } from './revoke-key.ts';
import { createKeySchema } from './schemas.ts';

const reason = 'The application was retired';
let database: TestDatabase;
let tenant: Tenant;
let clinician: SessionActor;
let colleague: SessionActor;
let foreigner: SessionActor;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
  clinician = await createUser(database.prisma, tenant, 'clinician');
  colleague = await createUser(database.prisma, tenant, 'clinician');
  foreigner = await createUser(database.prisma, await createTenant(database.prisma), 'dpo');
});
afterAll(() => database.close());

const withRole = (role: Role) => createUser(database.prisma, tenant, role);
const create = (actor = clinician, now?: Date) =>
  createKey(database.prisma, actor, { name: 'An application', days: 30 }, now);
const revoke = (actor: SessionActor, id: string) => revokeKey(database.prisma, actor, id, { reason });
const seenBy = async (actor: SessionActor) => (await listKeys(database.prisma, actor)).map(({ id }) => id);

describe('creating a key', () => {
  it('gives the key once and keeps its hash; the leaf names neither', async () => {
    const db = database.prisma;
    const { id, key, expiresAt } = await create();
    const row = await db.apiKey.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(row.sha256)).toEqual(createHash('sha256').update(key).digest());
    expect(key.startsWith(row.prefix)).toBe(true);
    expect(JSON.stringify({ ...row, sha256: '' })).not.toContain(key);
    const [leaf] = await leavesAbout(db, id);
    const by = await pseudonymOf(db, clinician.userId);
    expect(leaf).toMatchObject({ type: 'api_key.created', by, expiresAtMs: expiresAt.getTime() });
    expect(JSON.stringify(leaf)).not.toContain(row.prefix);
  });

  it('is for those who ask, and for no longer than a year', async () => {
    for (const role of ['admin', 'dpo', 'compliance_officer', 'auditor', 'node_operator'] as const) {
      await expect(create(await withRole(role))).rejects.toThrow(ForbiddenError);
    }
    expect(createKeySchema.safeParse({ name: 'x', days: 366 }).success).toBe(false);
    expect(createKeySchema.safeParse({ name: 'x', days: null }).success).toBe(false);
  });
});

describe('reading keys', () => {
  it("shows one's own, or the organisation's to those who oversee it", async () => {
    const { id: mine } = await create();
    const { id: theirs } = await create(colleague);
    expect(await seenBy(clinician)).toContain(mine);
    expect(await seenBy(clinician)).not.toContain(theirs);
    for (const role of ['admin', 'dpo', 'compliance_officer', 'auditor'] as const) {
      expect(await seenBy(await withRole(role))).toEqual(expect.arrayContaining([mine, theirs]));
    }
    expect(await seenBy(foreigner)).toEqual([]);
    await expect(listKeys(database.prisma, await withRole('node_operator'))).rejects.toThrow(ForbiddenError);
  });

  it('says in which state each is', async () => {
    const { id: expired } = await create(clinician, new Date('2025-01-01'));
    const { id: revoked } = await create();
    await revoke(clinician, revoked);
    const states = new Map((await listKeys(database.prisma, clinician)).map((row) => [row.id, row.state]));
    expect([states.get(expired), states.get(revoked)]).toEqual(['expired', 'revoked']);
  });
});

describe('revoking a key', () => {
  it('is done by its owner, an administrator or a data-protection officer, with a leaf', async () => {
    for (const actor of [clinician, await withRole('admin'), await withRole('dpo')]) {
      const { id } = await create();
      await revoke(actor, id);
      const leaf = (await leavesAbout(database.prisma, id)).at(-1);
      expect(leaf).toMatchObject({
        type: 'api_key.revoked',
        by: await pseudonymOf(database.prisma, actor.userId),
        member: await pseudonymOf(database.prisma, clinician.userId),
      });
      expect(JSON.stringify(leaf)).not.toContain('retired');
    }
  });

  it('is refused to others, to other organisations as if there were none', async () => {
    const { id } = await create();
    for (const role of ['compliance_officer', 'auditor', 'node_operator'] as const) {
      await expect(revoke(await withRole(role), id)).rejects.toThrow(ForbiddenError);
    }
    await expect(revoke(colleague, id)).rejects.toThrow(NotFoundError);
    await expect(revoke(foreigner, id)).rejects.toThrow(NotFoundError);
    await expect(revoke(clinician, randomUUID())).rejects.toThrow(NotFoundError);
  });

  it('tells the loser of two at once', async () => {
    const { id } = await create();
    const outcomes = await Promise.allSettled([revoke(clinician, id), revoke(clinician, id)]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toBeInstanceOf(ConflictError);
  });
});
