import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise, can } from '#lib/identity/permissions';
import { linkOf } from '../node-link.ts';
import { enrolmentWords } from '../six-words/six-words.ts';
import { initCommand } from './channel-authority.ts';
import { onboardingSteps } from './onboarding-steps.ts';
import { readPreflight } from './preflight.ts';
import { TRANSITIONS } from './transitions.ts';

const ATTEMPTS_SHOWN = 5;
/** So many proofs that do not fit end an invite. */
export const MAX_WRONG_CODES = 10;

/**
 * Everything the wizard of one node shows: its steps, the invite, the words to compare, the last refusals, the
 * certificate, the preflight, what waits for a decision and how it came to its state. Throws NotFoundError unless the
 * actor may see the node. The code itself is nowhere: it was shown once.
 */
export async function getOnboarding(db: Database, actor: PrincipalActor, id: string, now = new Date()) {
  if (!z.uuid().safeParse(id).success) throw new NotFoundError();
  const node = await db.node.findUnique({
    where: { id },
    include: {
      hospital: true,
      status: true,
      invites: { orderBy: { createdAt: 'desc' }, take: 1 },
      certificates: { where: { revokedAt: null }, orderBy: { notAfter: 'desc' }, take: 1 },
      admissions: { orderBy: { proposedAt: 'desc' }, take: 10 },
      transitions: { orderBy: { at: 'asc' } },
    },
  });
  if (!node) throw new NotFoundError();
  const { organisationId } = node.hospital;
  const resource = { kind: 'node' as const, organisationId, hospitalId: node.hospital.id };
  authorise(actor, 'node.read', resource);
  const [invite] = node.invites;
  const [certificate] = node.certificates;
  const [attempts, authority, people, reasons] = await Promise.all([
    db.nodeEnrolmentAttempt.findMany({
      where: { nodeId: id },
      orderBy: { at: 'desc' },
      take: ATTEMPTS_SHOWN,
    }),
    db.channelAuthority.findUnique({ where: { id: 1 } }),
    namesOf(db, organisationId, [
      ...node.transitions.map(({ byId }) => byId),
      ...node.admissions.flatMap(({ proposedById, decidedById }) => [proposedById, decidedById]),
    ]),
    db.changeReason.findMany({
      where: { organisationId, id: { in: node.transitions.flatMap(({ reasonId }) => reasonId ?? []) } },
      select: { id: true, reason: true },
    }),
  ]);
  const reasonOf = new Map(reasons.map((one) => [one.id, one.reason]));
  const named = (userId: string | null) => (userId === null ? null : (people.get(userId) ?? null));
  const preflight = readPreflight(node.preflight);
  const link = linkOf(node.status, now);
  const open = invite && invite.usedAt === null && invite.withdrawnAt === null ? invite : undefined;
  const exhausted = (open?.wrongCodes ?? 0) >= MAX_WRONG_CODES;
  const proposed = node.admissions.find(({ state }) => state === 'proposed') ?? null;
  return {
    nodeId: node.id,
    name: node.name,
    hospital: { id: node.hospital.id, name: node.hospital.name },
    state: node.state,
    /** Where it may go from here, by the table alone. */
    next: TRANSITIONS[node.state],
    steps: onboardingSteps({
      state: node.state,
      inviteDead: node.state === 'invited' && (!open || open.expiresAt <= now || exhausted),
      hasCertificate: certificate !== undefined,
      connected: link === 'connected',
      preflight,
      proposed: proposed !== null,
      wasAdmitted: node.transitions.some(({ to }) => to === 'admitted'),
    }),
    invite: open
      ? { expiresAt: open.expiresAt, expired: open.expiresAt <= now, wrongCodes: open.wrongCodes, exhausted }
      : null,
    /** Where the hospital dials, and what it types there with its code; null before the router's first start. */
    router: authority ? { url: authority.url, command: initCommand(authority, 'CODE') } : null,
    words:
      node.csr && node.identityKey && authority
        ? enrolmentWords(node.csr, node.identityKey, authority.caFingerprint)
        : null,
    enrolledAt: node.enrolledAt,
    enrolledBuild: node.enrolledBuild,
    attempts: attempts.map(({ code, facts, at }) => ({ code, facts: facts as Record<string, unknown>, at })),
    link,
    certificate: certificate
      ? {
          serial: certificate.serial,
          fingerprint: certificate.fingerprint,
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
          keySince: certificate.keySince,
        }
      : null,
    rekeyOrderedAt: node.rekeyOrderedAt,
    preflight: preflight && { lines: preflight, at: node.preflightAt },
    admission: proposed && {
      id: proposed.id,
      reason: proposed.reason,
      from: proposed.from,
      proposedBy: named(proposed.proposedById),
      proposedAt: proposed.proposedAt,
      own: proposed.proposedById === actor.userId,
    },
    decisions: node.admissions
      .filter(({ state }) => state !== 'proposed')
      .map((one) => ({
        id: one.id,
        outcome: one.state,
        reason: one.reason,
        decisionReason: one.decisionReason,
        proposedBy: named(one.proposedById),
        proposedAt: one.proposedAt,
        decidedBy: named(one.decidedById),
        decidedAt: one.decidedAt,
      })),
    transitions: node.transitions.map(({ from, to, byId, reasonId, at }) => ({
      from,
      to,
      by: named(byId),
      reason: reasonId === null ? null : (reasonOf.get(reasonId) ?? null),
      at,
    })),
    may: {
      invite: can(actor, 'node.invite', resource),
      change: can(actor, 'node.change', resource),
      admit: can(actor, 'node.admit', resource),
    },
  };
}
export type Onboarding = Awaited<ReturnType<typeof getOnboarding>>;

async function namesOf(db: Database, organisationId: string, ids: (string | null)[]) {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const users = await db.user.findMany({
    where: { organisationId, id: { in: wanted } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, name]));
}
