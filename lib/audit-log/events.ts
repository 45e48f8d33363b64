import { z } from 'zod';
import { ROLES } from '#lib/actor';
import { receiptDigestSchema } from './receipt-digests.ts';

/**
 * Everything the log can say, one commented type each. Leaves are public: they carry ids, random pseudonyms and
 * keyed hashes, never personal data, prompts, answers or their ciphertext.
 */
const rhoPico = z.string().regex(/^(0|[1-9][0-9]*)$/);
const movement = z.strictObject({ accountId: z.uuid(), rhoPico });
/** `atMs` of the ledger's own leaves is in whole seconds (lib/ledger/leaf-time.ts). */
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

const budgetChange = z.enum(['open', 'cap', 'freeze', 'thaw']);
const accountStanding = z.strictObject({
  capRhoPico: rhoPico,
  spentRhoPico: rhoPico,
  delta: z.string(),
  state: z.enum(['open', 'frozen', 'closed']),
});
const nodeState = z.enum(['invited', 'pending', 'certified', 'admitted', 'draining', 'suspended', 'revoked']);

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
  /** A charge that receipts prove and the ledger lacked, found after a restore: never a refund. */
  z.strictObject({
    ...base,
    type: z.literal('ledger.adjust'),
    requestId: z.uuid(),
    cause: z.enum(['receipts']),
    accounts: z.array(movement),
  }),
  /** The ledger was restored from a backup and made whole from receipts; nodes refuse older epochs from here on. */
  z.strictObject({
    ...base,
    type: z.literal('ledger.restored'),
    epoch: z.int().positive(),
    receiptsAdded: z.int().nonnegative(),
    /** Accounts that stay frozen, because receipts of one of their nodes are missing. */
    frozen: z.array(z.uuid()),
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
  /** Receipts prove charges that the account's cap cannot bear: it was filled up and bears no more until two people thaw it. */
  z.strictObject({
    ...base,
    type: z.literal('account.frozen'),
    accountId: z.uuid(),
    cause: z.enum(['receipts']),
  }),
  /**
   * A change to a budget was proposed; nothing has moved. `accountId` is null for one that would be opened: for whom
   * the leaf says itself. `ownerId` is a person's pseudonym, as everywhere here, and else the holder's own id.
   */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('budget.change_proposed'),
    changeId: z.uuid(),
    change: budgetChange,
    accountId: z.uuid().nullable(),
    holderKind: z.enum(['dataset', 'organisation', 'department', 'user']),
    ownerId: z.uuid(),
    period: z.string(),
    delta: z.string(),
    fromRhoPico: rhoPico.nullable(),
    toRhoPico: rhoPico.nullable(),
  }),
  /** A second person said yes: the account is now as `account` says. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('budget.change_approved'),
    changeId: z.uuid(),
    change: budgetChange,
    accountId: z.uuid(),
    before: accountStanding.nullable(),
    after: accountStanding,
  }),
  /** The second person said no, or the first took it back; nothing moved. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('budget.change_dropped'),
    changeId: z.uuid(),
    outcome: z.enum(['rejected', 'withdrawn']),
  }),
  /** Somebody asked for more budget. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('budget.requested'),
    budgetRequestId: z.uuid(),
    accountId: z.uuid(),
    wantedRhoPico: rhoPico,
  }),
  /** A data-protection officer answered it, or whoever asked took it back. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('budget.request_closed'),
    budgetRequestId: z.uuid(),
    outcome: z.enum(['proposed', 'declined', 'withdrawn']),
    changeId: z.uuid().nullable(),
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
  /** Somebody took rows of this log along, narrowed by which filters. */
  z.strictObject({
    ...base,
    type: z.literal('audit.exported'),
    principal: z.uuid(),
    count: z.int().nonnegative(),
    format: z.enum(['csv', 'ndjson', 'proofs']),
    narrowedBy: z.array(z.string()),
  }),
  /** A node moved from one state to another; `by` is null where the product did it. */
  z.strictObject({
    ...base,
    type: z.literal('node.transition'),
    nodeId: z.uuid(),
    from: nodeState.nullable(),
    to: nodeState,
    by: z.uuid().nullable(),
    reasonId: z.uuid().nullable(),
  }),
  /** A hospital was offered a place for its node; whoever has the code can enrol it until `expiresAtMs`. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('node.invited'),
    nodeId: z.uuid(),
    inviteId: z.uuid(),
    expiresAtMs: z.int().positive(),
    /** Whether an offer came before it, whose code no longer works. */
    again: z.boolean(),
  }),
  /** The offer was taken back before it was taken up. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('node.invite_withdrawn'),
    nodeId: z.uuid(),
    inviteId: z.uuid(),
    reasonId: z.uuid(),
  }),
  /** Our authority certified a node's TLS key. */
  z.strictObject({
    ...base,
    type: z.literal('node.certificate_issued'),
    nodeId: z.uuid(),
    serial: z.string(),
    spkiSha256: z.string(),
    notAfterMs: z.int().positive(),
  }),
  /** Certificates of a node count no more. */
  z.strictObject({
    ...base,
    type: z.literal('node.certificates_revoked'),
    nodeId: z.uuid(),
    serials: z.array(z.string()),
  }),
  /** One person wants a node in cohorts; it is not yet. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('node.admission_proposed'),
    nodeId: z.uuid(),
    admissionId: z.uuid(),
    from: nodeState,
  }),
  /** The second person said yes or no, the first took it back, or the node's state changed before either. */
  z.strictObject({
    ...base,
    type: z.literal('node.admission_closed'),
    nodeId: z.uuid(),
    admissionId: z.uuid(),
    outcome: z.enum(['approved', 'rejected', 'withdrawn']),
    by: z.uuid().nullable(),
  }),
  /** A node shall make a new TLS key. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('node.rekey_ordered'),
    nodeId: z.uuid(),
    reasonId: z.uuid(),
  }),
  /** Nodes make new masking keys: the node named here no longer shares any. */
  z.strictObject({
    ...base,
    type: z.literal('node.key_epoch'),
    nodeId: z.uuid(),
    epoch: z.int().positive(),
  }),
  /** A witness refused a head: it does not continue the one the witness signed last. */
  z.strictObject({
    ...base,
    type: z.literal('log.witness_refused'),
    nodeId: z.uuid(),
    code: z.string(),
    seenSize: z.string(),
    offeredSize: z.string(),
  }),
  /** Something is wrong; `alert.cleared` ends it. */
  z.strictObject({
    ...base,
    type: z.literal('alert.raised'),
    alertId: z.uuid(),
    severity: z.enum(['critical', 'warning', 'info']),
    code: z.string(),
    subject: z.uuid(),
  }),
  z.strictObject({ ...base, type: z.literal('alert.cleared'), alertId: z.uuid(), code: z.string() }),
  /** A step of a data subject's demand: which demand and what was done, never who asked. */
  z.strictObject({
    ...base,
    type: z.literal('rights.step'),
    rightsRequestId: z.uuid(),
    step: z.string(),
    by: z.uuid().nullable(),
  }),
  /** A node's guard refused a round; `code` says which of its rules. It gave nothing and spent nothing. */
  z.strictObject({
    ...base,
    type: z.literal('node.refused_round'),
    nodeId: z.uuid(),
    requestId: z.uuid(),
    code: z.string(),
  }),
  /**
   * Refused outside of rounds: a node that dialled (`door`) or enrolled (`enrolment`), or by a node that was asked to
   * take masks away (`unmasking`). Null where whoever came did not prove which node it is. At most one an hour of a node,
   * place and code: `count` is how often since the leaf before.
   */
  z.strictObject({
    ...base,
    type: z.literal('node.refused'),
    nodeId: z.uuid().nullable(),
    where: z.enum(['door', 'enrolment', 'unmasking']),
    code: z.string().max(64),
    count: z.int().positive(),
  }),
  /** A node's identity key was pinned when it enrolled. */
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
  /** Somebody signed in. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('session.opened'),
    factors: z.enum(['password', 'password_and_app', 'password_and_recovery_code']),
  }),
  /**
   * Attempts to sign in failed often enough to be held back. It says nothing of whose they were, and is written whether
   * or not anybody has that e-mail: who makes them could else learn who has an account, and under which pseudonym.
   */
  z.strictObject({ ...base, type: z.literal('session.held_back') }),
  /** Somebody proved anew who they are, as a decision asks for. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('session.proved'),
    factors: z.enum(['password', 'password_and_app', 'password_and_recovery_code']),
  }),
  /** Somebody signed out, or signed in anew in the same browser. */
  z.strictObject({ ...base, ...byPerson, type: z.literal('session.closed') }),
  /** An authenticator app was taken up, given up, or its recovery codes were made anew. `by` may be an administrator. */
  z.strictObject({
    ...base,
    ...byPerson,
    type: z.literal('second_factor.changed'),
    member: z.uuid(),
    change: z.enum(['added', 'removed', 'recovery_codes']),
    /** Why an administrator did it; null for one's own. */
    reasonId: z.uuid().nullable(),
  }),
  /**
   * Somebody who had given this member's password gave wrong codes in a row: from here on codes wait, longer after each,
   * or (`ended`) the app's codes open nothing any more. It names them, as their sign-in would.
   */
  z.strictObject({
    ...base,
    type: z.literal('second_factor.held_back'),
    member: z.uuid(),
    ended: z.boolean(),
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
