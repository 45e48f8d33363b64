import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role, SessionActor } from '../../actor.ts';
import { type TestDatabase, testDatabase } from '../../db/testing.ts';
import {
  ConflictError,
  ForbiddenError,
  GoneError,
  InvalidRequestError,
  NotFoundError,
} from '../../errors.ts';
import { invitationToken } from '../invitation-token.ts';
import { signIn } from '../sign-in.ts';
import { leavesAbout, pseudonymOf } from '../testing/leaves.ts';
import { testSignInKeys } from '../testing/sign-in-keys.ts';
import { createHospital, createTenant, createUser, type Tenant } from '../testing/tenant.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { INVITATION_HOURS } from './expiry.ts';
import { findOffer } from './find-offer.ts';
import { inviteMember } from './invite-member.ts';
import { type Invite, inviteSchema } from './invite-schema.ts';
import { listInvitations } from './list-invitations.ts';
import { resendInvitation } from './resend-invitation.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

const PASSWORD = 'seven quiet harbours';
const KEYS = testSignInKeys();
const OTHERS: Role[] = ['dpo', 'compliance_officer', 'auditor', 'clinician', 'node_operator'];
const key = randomBytes(32);
const tokenOf = (id: string) => invitationToken(key, id);
let database: TestDatabase;
let tenant: Tenant;
let admin: SessionActor;
let foreigner: SessionActor;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
  admin = await createUser(database.prisma, tenant, 'admin');
  foreigner = await createUser(database.prisma, await createTenant(database.prisma), 'admin');
});
afterAll(() => database.close());

const someone = (more: Partial<Invite> = {}): Invite => ({
  name: 'Invited clinician',
  email: `${randomUUID()}@example.org`,
  role: 'clinician',
  departmentId: tenant.departmentId,
  hospitalId: null,
  ...more,
});
const invite = (person = someone(), actor = admin) => inviteMember(database.prisma, actor, key, person);
const accept = (id: string, now?: Date) =>
  acceptInvitation(database.prisma, { token: tokenOf(id), password: PASSWORD }, now);
const mailsOf = async (invitationId: string) => {
  const sql = `SELECT 1 FROM pgboss.job WHERE name = 'mail.invitation' AND data->>'invitationId' = $1`;
  return (await database.pool.query(sql, [invitationId])).rows.length;
};
const after = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('inviting', () => {
  it('writes the invitation, its leaf and its mail, and keeps no token', async () => {
    const person = someone();
    const { id, expiresAt } = await invite(person);
    expect(await mailsOf(id)).toBe(1);
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan((INVITATION_HOURS - 1) * 3_600_000);
    const [row] = await listInvitations(database.prisma, admin);
    expect(row).toMatchObject({ id, email: person.email, isExpired: false, mayManage: true });
    expect(JSON.stringify(row)).not.toContain(tokenOf(id));
    const [leaf] = await leavesAbout(database.prisma, id);
    const by = await pseudonymOf(database.prisma, admin.userId);
    expect(leaf).toMatchObject({ type: 'member.invited', by, invitationId: id, role: 'clinician' });
    expect(JSON.stringify(leaf)).not.toContain('@');
  });

  it('is refused to everybody but administrators', async () => {
    for (const role of OTHERS) {
      const actor = await createUser(database.prisma, tenant, role);
      await expect(invite(someone(), actor)).rejects.toThrow(ForbiddenError);
    }
  });

  it("refuses another organisation's places, a member, and an address that is invited", async () => {
    await expect(invite(someone({ departmentId: foreigner.departmentId }))).rejects.toThrow(
      InvalidRequestError,
    );
    const hospitalId = await createHospital(database.prisma, foreigner.organisationId);
    await expect(invite(someone({ role: 'node_operator', hospitalId }))).rejects.toThrow(InvalidRequestError);
    const colleague = await database.prisma.user.findUniqueOrThrow({ where: { id: admin.userId } });
    await expect(invite(someone({ email: colleague.email }))).rejects.toMatchObject({
      code: 'already_member',
    });
    const person = someone();
    const outcomes = await Promise.allSettled([invite(person), invite(person)]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason.code)).toEqual(['already_invited']);
    expect(lost[0]?.reason).toBeInstanceOf(ConflictError);
    const { count } = (
      await database.pool.query(
        `SELECT count(*)::int FROM pgboss.job WHERE name = 'mail.invitation'
         AND NOT EXISTS (SELECT 1 FROM invitation WHERE id::text = data->>'invitationId')`,
      )
    ).rows[0];
    expect(count).toBe(0);
  });

  it('makes room for a new invitation where one ran out', async () => {
    const person = someone();
    const first = await invite(person);
    const second = await inviteMember(database.prisma, admin, key, person, after(INVITATION_HOURS + 1));
    const [leaf] = await leavesAbout(database.prisma, second.id);
    expect(leaf).toMatchObject({ replaces: first.id });
  });

  it('reads addresses without case and blanks, and ties node operators to a hospital', () => {
    expect(inviteSchema.parse(someone({ email: ' Some.One@Example.ORG ' })).email).toBe(
      'some.one@example.org',
    );
    expect(inviteSchema.safeParse(someone({ role: 'node_operator' })).success).toBe(false);
    expect(inviteSchema.safeParse(someone({ hospitalId: randomUUID() })).success).toBe(false);
  });
});

describe('managing invitations', () => {
  it('withdraws one: its link dies, and there is a leaf', async () => {
    const { id } = await invite();
    await withdrawInvitation(database.prisma, admin, id);
    expect(await findOffer(database.prisma, tokenOf(id))).toEqual({ state: 'withdrawn' });
    await expect(accept(id)).rejects.toThrow(GoneError);
    await expect(withdrawInvitation(database.prisma, admin, id)).rejects.toThrow(ConflictError);
    const types = (await leavesAbout(database.prisma, id)).map((leaf) => leaf.type);
    expect(types).toEqual(['member.invited', 'member.invitation_withdrawn']);
  });

  it('sends one again with a new link; the former one dies', async () => {
    const { id } = await invite();
    const again = await resendInvitation(database.prisma, admin, key, id);
    expect(await mailsOf(again.id)).toBe(1);
    expect(await findOffer(database.prisma, tokenOf(id))).toEqual({ state: 'withdrawn' });
    expect(await findOffer(database.prisma, tokenOf(again.id))).toMatchObject({ state: 'open' });
    const [leaf] = await leavesAbout(database.prisma, again.id);
    expect(leaf).toMatchObject({ replaces: id });
    await expect(resendInvitation(database.prisma, admin, key, id)).rejects.toThrow(ConflictError);
  });

  it('is refused to other roles, and to another organisation as if there were none', async () => {
    const { id } = await invite();
    for (const role of OTHERS) {
      const actor = await createUser(database.prisma, tenant, role);
      await expect(withdrawInvitation(database.prisma, actor, id)).rejects.toThrow(ForbiddenError);
      await expect(resendInvitation(database.prisma, actor, key, id)).rejects.toThrow(ForbiddenError);
    }
    await expect(withdrawInvitation(database.prisma, foreigner, id)).rejects.toThrow(NotFoundError);
    await expect(resendInvitation(database.prisma, foreigner, key, id)).rejects.toThrow(NotFoundError);
    expect(await listInvitations(database.prisma, foreigner)).toEqual([]);
    const clinician = await createUser(database.prisma, tenant, 'clinician');
    await expect(listInvitations(database.prisma, clinician)).rejects.toThrow(ForbiddenError);
  });
});

describe('accepting', () => {
  it('makes the person, their budget and the leaf; they can sign in', async () => {
    const db = database.prisma;
    const person = someone();
    const { id } = await invite(person);
    expect(await findOffer(db, tokenOf(id))).toMatchObject({ state: 'open', email: person.email });
    const { userId, email } = await accept(id);
    expect(email).toBe(person.email);
    await expect(signIn(db, { email, password: PASSWORD }, KEYS)).resolves.toBeTypeOf('string');
    const account = await db.account.findFirstOrThrow({ where: { kind: 'user', ownerId: userId } });
    expect(account).toMatchObject({ organisationId: tenant.organisationId, name: person.name });
    expect((await leavesAbout(db, account.id)).map((leaf) => leaf.type)).toEqual(['account.open']);
    expect(await leavesAbout(db, userId)).toMatchObject([
      { type: 'member.joined', invitationId: id, member: await pseudonymOf(db, userId), role: 'clinician' },
      { type: 'session.opened', factors: 'password' },
    ]);
    expect(await findOffer(db, tokenOf(id))).toEqual({ state: 'used' });
    await expect(accept(id)).rejects.toMatchObject({ status: 410, code: 'invitation_used' });
  });

  it('makes one person of two who accept at once', async () => {
    const { id } = await invite();
    const outcomes = await Promise.allSettled([accept(id), accept(id)]);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect([409, 410]).toContain(lost[0]?.reason.status);
  });

  it('is over after its time, and unknown for a token never given out', async () => {
    const { id } = await invite();
    const late = after(INVITATION_HOURS + 1);
    expect(await findOffer(database.prisma, tokenOf(id), late)).toEqual({ state: 'expired' });
    await expect(accept(id, late)).rejects.toMatchObject({ code: 'invitation_expired' });
    expect(await findOffer(database.prisma, 'never given out')).toBeNull();
    await expect(accept(randomUUID())).rejects.toThrow(NotFoundError);
  });

  it('refuses a weak password and leaves the offer open', async () => {
    const person = someone();
    const { id } = await invite(person);
    const weak = acceptInvitation(database.prisma, { token: tokenOf(id), password: person.email });
    await expect(weak).rejects.toMatchObject({ code: 'weak_password', extra: { fault: 'names_you' } });
    expect(await findOffer(database.prisma, tokenOf(id))).toMatchObject({ state: 'open' });
  });

  it('is over where the inviter was disabled or invites nobody any more, even past the withdrawal', async () => {
    const db = database.prisma;
    for (const change of [{ disabledAt: new Date() }, { role: 'auditor' as const }]) {
      const inviter = await createUser(db, tenant, 'admin');
      const { id } = await invite(someone(), inviter);
      await db.user.update({ where: { id: inviter.userId }, data: change });
      expect(await findOffer(db, tokenOf(id))).toEqual({ state: 'withdrawn' });
      const refused = accept(id);
      await expect(refused).rejects.toThrow(GoneError);
      await expect(refused).rejects.toMatchObject({ code: 'invitation_withdrawn' });
      const row = await db.invitation.findUniqueOrThrow({ where: { id } });
      expect(row.acceptedAt).toBeNull();
      expect(await db.user.count({ where: { email: row.email } })).toBe(0);
    }
  });

  it('tells only the owner of the address that it has an account elsewhere', async () => {
    const elsewhere = await database.prisma.user.findUniqueOrThrow({ where: { id: foreigner.userId } });
    const { id } = await invite(someone({ email: elsewhere.email }));
    await expect(accept(id)).rejects.toMatchObject({ code: 'email_taken' });
    expect(await findOffer(database.prisma, tokenOf(id))).toMatchObject({ state: 'open' });
  });
});
