import { z } from 'zod';
import { ROLES } from '#lib/actor';
import { receiptDigestSchema } from './receipt-digests.ts';

/**
 * Everything the log can say, one commented type each. Leaves are public: they carry ids, random pseudonyms and
 * keyed hashes, never personal data, prompts, answers or their ciphertext.
 */
const rhoPico = z.string().regex(/^(0|[1-9][0-9]*)$/);
const movement = z.strictObject({ accountId: z.uuid(), rhoPico });
const base = { v: z.literal(1), atMs: z.int().positive() };
/** Who did it, by pseudonym. */
const byPerson = { by: z.uuid() };
const role = z.enum(ROLES);
const standing = z.strictObject({
  role,
  departmentId: z.uuid(),
  hospitalId: z.uuid().nullable(),
  active: z.boolean(),
});

export const auditEventSchema = z.discriminatedUnion('type', [
  /** Budget set aside on every account, before any node is asked. */
  z.strictObject({
    ...base,
    type: z.literal('ledger.reserve'),
    requestId: z.uuid(),
    principal: z.uuid(),
    mechanism: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    accounts: z.array(movement),
  }),
  /** The reservation became a charge; an answer may or may not have left (`outcome`). */
  z.strictObject({
    ...base,
    type: z.literal('ledger.settle'),
    requestId: z.uuid(),
    outcome: z.enum(['answered', 'failed']),
    code: z.string().nullable(),
    accounts: z.array(movement),
    /** What the nodes signed, one line a node however many receipts a short answer has: see receipt-digests.ts. */
    receipts: z.array(receiptDigestSchema),
  }),
  /** The reservation was given back: nothing had been sent to any node. */
  z.strictObject({
    ...base,
    type: z.literal('ledger.release'),
    requestId: z.uuid(),
    code: z.string(),
    accounts: z.array(movement),
  }),
  /** An account opened with its cap. */
  z.strictObject({
    ...base,
    type: z.literal('account.open'),
    accountId: z.uuid(),
    kind: z.string(),
    capRhoPico: rhoPico,
    delta: z.string(),
    period: z.string(),
  }),
  /** Somebody took a list of requests along: how many, narrowed by which filters; never which requests. */
  z.strictObject({
    ...base,
    type: z.literal('request.exported'),
    principal: z.uuid(),
    count: z.int().nonnegative(),
    narrowedBy: z.array(z.string()),
  }),
  /** Somebody took an account's ledger entries along. */
  z.strictObject({
    ...base,
    type: z.literal('account.exported'),
    principal: z.uuid(),
    accountId: z.uuid(),
    count: z.int().nonnegative(),
  }),
  /** Somebody took the list of members along: how many, never who. */
  z.strictObject({
    ...base,
    type: z.literal('member.exported'),
    principal: z.uuid(),
    count: z.int().nonnegative(),
  }),
  /** A node's identity key was pinned at its first connection. */
  z.strictObject({ ...base, type: z.literal('node.pinned'), nodeId: z.uuid(), identityKey: z.string() }),
  /** Somebody was offered a place; `replaces` is the invitation whose link no longer works. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('member.invited'),
    invitationId: z.uuid(),
    role,
    replaces: z.uuid().nullable(),
  }),
  /** The offer was taken back before it was taken up. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('member.invitation_withdrawn'),
    invitationId: z.uuid(),
  }),
  /** The offer was taken up. */
  z.strictObject({
    ...base,
    type: z.literal('member.joined'),
    invitationId: z.uuid(),
    member: z.uuid(),
    role,
  }),
  /** A member's role, department, hospital or standing changed, with what ended by it. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('member.changed'),
    member: z.uuid(),
    change: z.enum(['place', 'disabled', 'enabled']),
    from: standing,
    to: standing,
    sessionsEnded: z.int().nonnegative(),
    keysRevoked: z.int().nonnegative(),
    invitationsWithdrawn: z.int().nonnegative(),
    reasonId: z.uuid(),
  }),
  /** Somebody ended their own other sessions. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('session.ended'),
    sessions: z.int().positive(),
  }),
  /** An application may ask as this member until `expiresAtMs`. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('api_key.created'),
    apiKeyId: z.uuid(),
    expiresAtMs: z.int().positive(),
  }),
  /** The key stopped working; `member` is the person whose it was. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('api_key.revoked'),
    apiKeyId: z.uuid(),
    member: z.uuid(),
    reasonId: z.uuid(),
  }),
  /** A hospital began or ceased to answer for a purpose. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('purpose.changed'),
    hospitalId: z.uuid(),
    purpose: z.string(),
    answers: z.boolean(),
    reasonId: z.uuid(),
  }),
]);
export type AuditEvent = z.infer<typeof auditEventSchema>;
