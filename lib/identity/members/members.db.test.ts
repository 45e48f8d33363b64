import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role, SessionActor } from '../../actor.ts';
import { type TestDatabase, testDatabase } from '../../db/testing.ts';
import {
  ConflictError,
  DomainError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
} from '../../errors.ts';
import { type Params, parseTableQuery } from '../../tables/table-query.ts';
import { createKey } from '../api-keys/create-key.ts';
import { inviteMember } from '../invitations/invite-member.ts';
import { createSession, findSessionActor } from '../sessions.ts';
import { leavesAbout, pseudonymOf } from '../testing/leaves.ts';
import {
  createDepartment,
  createHospital,
  createTenant,
  createUser,
  type Tenant,
} from '../testing/tenant.ts';
import { changeMember } from './change-member.ts';
import { countMembers } from './count-members.ts';
import { exportMembers } from './export-members.ts';
import { getMember } from './get-member.ts';
import { listMembers, type MemberRow, type MembersQuery } from './list-members.ts';
import { listPlaces } from './list-places.ts';
import { memberShape } from './member-shape.ts';
import type { Place } from './place.ts';
import { setActive } from './set-active.ts';

const reason = 'Moved to another ward';
const READERS: Role[] = ['admin', 'dpo', 'compliance_officer', 'auditor'];
const STRANGERS: Role[] = ['clinician', 'node_operator'];
let database: TestDatabase;
let tenant: Tenant;
let admin: SessionActor;
let foreigner: SessionActor;
let member: SessionActor;

beforeAll(async () => {
  database = await testDatabase();
  foreigner = await createUser(database.prisma, await createTenant(database.prisma), 'admin');
});
afterAll(() => database.close());
beforeEach(async () => {
  tenant = await createTenant(database.prisma);
  admin = await createUser(database.prisma, tenant, 'admin');
  member = await createUser(database.prisma, tenant, 'clinician');
});

const placeOf = ({ role, departmentId, hospitalId }: Place): Place => ({ role, departmentId, hospitalId });
const withRole = (role: Role) => createUser(database.prisma, tenant, role);
const makeRole = (actor: SessionActor, target: SessionActor, role: Role) =>
  changeMember(database.prisma, actor, target.userId, {
    from: placeOf(target),
    to: { ...placeOf(target), role },
    reason,
  });
const disable = (actor: SessionActor, userId: string) =>
  setActive(database.prisma, actor, userId, { active: false, reason });
const list = (actor: SessionActor, params: Params = {}) =>
  listMembers(database.prisma, actor, parseTableQuery(memberShape, params) as MembersQuery);
const givenKey = () => createKey(database.prisma, member, { name: 'An application', days: 30 });

describe('reading members', () => {
  it('shows the whole organisation and nobody else to those who oversee it', async () => {
    await createSession(database.prisma, member.userId, new Date('2026-05-01T08:00:00Z'));
    for (const role of READERS) {
      const reader = await withRole(role);
      const { rows: seen } = await list(reader);
      expect(seen.map((row) => row.id)).toEqual(expect.arrayContaining([admin.userId, member.userId]));
      expect(seen.map((row) => row.id)).not.toContain(foreigner.userId);
      expect(seen.filter((row) => row.mayChange).length).toBe(role === 'admin' ? seen.length - 1 : 0);
      const row = seen.find(({ id }) => id === member.userId);
      expect(row?.lastSignInAt).toEqual(new Date('2026-05-01T08:00:00Z'));
      expect(JSON.stringify(row)).not.toMatch(/argon2|pseudonym/);
    }
  });

  it('is refused to other roles and for another organisation', async () => {
    for (const role of STRANGERS) {
      const reader = await withRole(role);
      await expect(list(reader)).rejects.toThrow(ForbiddenError);
      await expect(getMember(database.prisma, reader, member.userId)).rejects.toThrow(ForbiddenError);
      await expect(listPlaces(database.prisma, reader)).rejects.toThrow(ForbiddenError);
      await expect(countMembers(database.prisma, reader)).rejects.toThrow(ForbiddenError);
    }
    await expect(getMember(database.prisma, foreigner, member.userId)).rejects.toThrow(NotFoundError);
    await expect(getMember(database.prisma, admin, 'nobody')).rejects.toThrow(NotFoundError);
  });

  it('filters, searches, orders and pages', async () => {
    const db = database.prisma;
    const ids = async (params: Params) => (await list(admin, params)).rows.map(({ id }) => id);
    const operator = await withRole('node_operator');
    expect(await ids({ role: 'clinician' })).toEqual([member.userId]);
    expect(await ids({ q: 'TEST NODE' })).toEqual([operator.userId]);
    expect(await ids({ department: 'none' })).toEqual([]);
    await disable(admin, operator.userId);
    expect(await ids({ state: 'disabled' })).toEqual([operator.userId]);
    expect(await ids({ state: 'active,disabled' })).toHaveLength(3);
    expect(await countMembers(db, admin)).toEqual({ members: 2, admins: 1, disabled: 1 });
    for (const sort of ['name', '-name', 'since', '-since']) {
      const query = { ...(parseTableQuery(memberShape, { sort }) as MembersQuery), size: 1 };
      const seen: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await listMembers(db, admin, { ...query, after });
        seen.push(...page.rows.map(({ id }) => id));
        after = page.next;
        if (after === null) break;
      }
      expect(seen.toSorted()).toEqual([admin.userId, member.userId, operator.userId].toSorted());
    }
  });

  it('says what disabling would end, and why things were changed', async () => {
    await createSession(database.prisma, member.userId);
    await givenKey();
    expect(await getMember(database.prisma, admin, member.userId)).toMatchObject({
      consequence: { sessions: 1, keys: 1 },
      changes: [],
    });
    await disable(admin, member.userId);
    expect(await getMember(database.prisma, admin, member.userId)).toMatchObject({
      consequence: { sessions: 0, keys: 0 },
      changes: [{ reason, by: 'Test admin' }],
    });
  });
});

describe('taking the list along', () => {
  const take = async (actor: SessionActor, params: Params = {}) => {
    const query = parseTableQuery(memberShape, params) as MembersQuery;
    const rows: MemberRow[] = [];
    for await (const row of await exportMembers(database.prisma, actor, query)) rows.push(row);
    return rows;
  };

  it('has every member that is filtered; the log says how many and nothing of who', async () => {
    for (const role of READERS) await withRole(role);
    const officer = await withRole('dpo');
    expect(await take(officer, { role: 'admin', sort: '-name' })).toHaveLength(2);
    expect((await take(officer)).map(({ id }) => id)).not.toContain(foreigner.userId);
    const leaves = await leavesAbout(database.prisma, tenant.organisationId);
    const principal = await pseudonymOf(database.prisma, officer.userId);
    expect(leaves).toMatchObject([
      { type: 'member.exported', principal, count: 2 },
      { type: 'member.exported', principal, count: 7 },
    ]);
    expect(JSON.stringify(leaves)).not.toMatch(/@|Test /);
  });

  it('writes the leaf before the first row leaves', async () => {
    const query = parseTableQuery(memberShape, {}) as MembersQuery;
    await exportMembers(database.prisma, admin, query);
    expect(await leavesAbout(database.prisma, tenant.organisationId)).toHaveLength(1);
  });

  it('is refused to other roles, without a leaf', async () => {
    for (const role of STRANGERS) await expect(take(await withRole(role))).rejects.toThrow(ForbiddenError);
    expect(await leavesAbout(database.prisma, tenant.organisationId)).toEqual([]);
  });
});

describe('changing a member', () => {
  it('holds at once and leaves a leaf without names or words', async () => {
    const db = database.prisma;
    const departmentId = await createDepartment(db, tenant.organisationId);
    const from = placeOf(member);
    await changeMember(db, admin, member.userId, { from, to: { ...from, departmentId }, reason });
    const sessionId = await createSession(db, member.userId);
    expect(await findSessionActor(db, sessionId)).toMatchObject({ departmentId });
    const [leaf] = await leavesAbout(db, member.userId);
    expect(leaf).toMatchObject({
      type: 'member.changed',
      change: 'place',
      by: await pseudonymOf(db, admin.userId),
      member: await pseudonymOf(db, member.userId),
      to: { role: 'clinician', departmentId, hospitalId: null, active: true },
    });
    expect(JSON.stringify(leaf)).not.toMatch(/another ward|@|Test /);
  });

  it('revokes the keys of somebody whose new role has none', async () => {
    await givenKey();
    expect(await makeRole(admin, member, 'auditor')).toEqual({ keysRevoked: 1 });
    expect(await database.prisma.apiKey.count({ where: { userId: member.userId, revokedAt: null } })).toBe(0);
  });

  it('is refused to everybody but administrators, for oneself and for another organisation', async () => {
    for (const role of [...READERS.slice(1), ...STRANGERS]) {
      await expect(makeRole(await withRole(role), member, 'auditor')).rejects.toThrow(ForbiddenError);
    }
    await expect(makeRole(admin, admin, 'auditor')).rejects.toMatchObject({ code: 'own_membership' });
    await expect(makeRole(foreigner, member, 'auditor')).rejects.toThrow(NotFoundError);
    expect(await leavesAbout(database.prisma, member.userId)).toEqual([]);
  });

  it("refuses another organisation's department and hospital", async () => {
    const db = database.prisma;
    const from = placeOf(member);
    const to = { ...from, departmentId: foreigner.departmentId };
    await expect(changeMember(db, admin, member.userId, { from, to, reason })).rejects.toThrow(
      InvalidRequestError,
    );
    const hospitalId = await createHospital(db, foreigner.organisationId);
    const site: Place = { ...from, role: 'node_operator', hospitalId };
    await expect(changeMember(db, admin, member.userId, { from, to: site, reason })).rejects.toMatchObject({
      code: 'unknown_hospital',
    });
  });

  it('tells the loser of two at once', async () => {
    const outcomes = await Promise.allSettled([
      makeRole(admin, member, 'auditor'),
      makeRole(admin, member, 'dpo'),
    ]);
    expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(ConflictError);
    expect(await leavesAbout(database.prisma, member.userId)).toHaveLength(1);
  });
});

describe("somebody's open invitations", () => {
  const offers = async (inviter: SessionActor) => {
    const person = { name: 'Somebody new', role: 'auditor' as const, departmentId: tenant.departmentId };
    const offer = (now?: Date) =>
      inviteMember(
        database.prisma,
        inviter,
        randomBytes(32),
        { ...person, hospitalId: null, email: `${randomUUID()}@example.org` },
        now,
      );
    return [await offer(), await offer(), await offer(new Date('2026-01-01T08:00:00Z'))];
  };
  const openOf = ({ userId }: SessionActor) =>
    database.prisma.invitation.count({ where: { invitedById: userId, withdrawnAt: null } });

  it('are withdrawn when they are disabled, and when their role invites nobody; not those of others', async () => {
    const others = await offers(admin);
    for (const end of [
      (inviter: SessionActor) => disable(admin, inviter.userId),
      (inviter: SessionActor) => makeRole(admin, inviter, 'auditor'),
    ]) {
      const inviter = await withRole('admin');
      await offers(inviter);
      await end(inviter);
      expect(await openOf(inviter)).toBe(0);
      const [leaf] = await leavesAbout(database.prisma, inviter.userId);
      expect(leaf).toMatchObject({ type: 'member.changed', invitationsWithdrawn: 2 });
    }
    expect(await openOf(admin)).toBe(others.length);
  });

  it('stay open when only the department changes', async () => {
    const inviter = await withRole('admin');
    await offers(inviter);
    const departmentId = await createDepartment(database.prisma, tenant.organisationId);
    const from = placeOf(inviter);
    const change = { from, to: { ...from, departmentId }, reason };
    await changeMember(database.prisma, admin, inviter.userId, change);
    expect(await openOf(inviter)).toBe(3);
    const [leaf] = await leavesAbout(database.prisma, inviter.userId);
    expect(leaf).toMatchObject({ invitationsWithdrawn: 0 });
  });
});

describe('disabling a member', () => {
  it('ends sessions and keys at once; enabling brings back neither', async () => {
    const db = database.prisma;
    const sessionId = await createSession(db, member.userId);
    await givenKey();
    expect(await disable(admin, member.userId)).toEqual({
      sessionsEnded: 1,
      keysRevoked: 1,
      invitationsWithdrawn: 0,
    });
    expect(await findSessionActor(db, sessionId)).toBeNull();

    await setActive(db, admin, member.userId, { active: true, reason: 'Back from leave' });
    expect(await findSessionActor(db, sessionId)).toBeNull();
    expect(await db.apiKey.count({ where: { userId: member.userId, revokedAt: null } })).toBe(0);
    const changes = (await leavesAbout(db, member.userId)).map((leaf) => leaf.change);
    expect(changes).toEqual(['disabled', 'enabled']);
    await expect(setActive(db, admin, member.userId, { active: true, reason })).rejects.toThrow(
      ConflictError,
    );
  });

  it('is refused to everybody but administrators, for oneself and for another organisation', async () => {
    for (const role of [...READERS.slice(1), ...STRANGERS]) {
      await expect(disable(await withRole(role), member.userId)).rejects.toThrow(ForbiddenError);
    }
    await expect(disable(admin, admin.userId)).rejects.toMatchObject({ code: 'own_membership' });
    await expect(disable(foreigner, member.userId)).rejects.toThrow(NotFoundError);
    await expect(disable(admin, randomUUID())).rejects.toThrow(NotFoundError);
  });

  it('leaves one of two administrators who remove each other', async () => {
    const other = await withRole('admin');
    const outcomes = await Promise.allSettled([
      disable(admin, other.userId),
      makeRole(other, admin, 'auditor'),
    ]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map((outcome) => outcome.reason)).toEqual([expect.any(DomainError)]);
    const left = { organisationId: tenant.organisationId, role: 'admin', disabledAt: null } as const;
    expect(await database.prisma.user.count({ where: left })).toBe(1);
  });

  it('is not done by an administrator who was disabled meanwhile', async () => {
    const other = await withRole('admin');
    await disable(admin, other.userId);
    await expect(disable(other, member.userId)).rejects.toMatchObject({ status: 401 });
  });
});
