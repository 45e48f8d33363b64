import { z } from 'zod';
import { WITNESS_REFUSALS } from '#lib/audit-log/judge-head';
import { encapsulationSchema } from '#lib/secure-aggregation/encapsulation';
import { keyAnnouncementSchema } from '#lib/secure-aggregation/key-announcement';
import { BOX_BYTES, SHARE_BYTES } from '#lib/secure-aggregation/sealed-share';
import { type Frame, FrameError, type FrameType } from './frame.ts';
import { headerSignatureSchema } from './header-signature.ts';
import { hospitalConditionsSchema } from './hospital-conditions.ts';
import { signedReceiptSchema } from './receipt.ts';
import { MAX_ANSWER_TOKENS, roundHeaderSchema, roundQuerySchema, tokenId } from './round-header.ts';
import { ROUND_REFUSALS } from './round-refusals.ts';
import { nodeTelemetrySchema } from './telemetry.ts';

/** The typed content of every frame. Unknown fields are refused: a peer that says more than we know is not ours. */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A log-probability in steps of 2^-13 nats; whatever is below e^-1024 counts as that (quantisePublic). */
const publicScore = z
  .int()
  .min(-1024 * 8192)
  .max(0);

const treeSize = z.string().regex(/^(0|[1-9][0-9]{0,17})$/);

/** Receipts of one frame: each takes at most 2 KiB, its path included. */
export const RECEIPTS_A_PAGE = 400;

/** The most members of a cohort, and pinned peers of a node. */
const MOST_NODES = 50;
const perNode = <S extends z.ZodType>(value: S) =>
  z
    .record(z.uuid(), value)
    .refine((given) => Object.keys(given).length <= MOST_NODES, 'names too many nodes');

/** What a node holds with each peer: the hash of the two announcements a secret was agreed under, by node id. */
const heldPairs = z.record(z.uuid(), hex(32));

export const messageSchemas = {
  /** Router -> node, first: prove that you hold your identity key. */
  challenge: z.strictObject({ routerKey: hex(32) }),
  /** Node -> router: who I am, signed over what TLS exports on this very connection. */
  hello: z.strictObject({
    nodeId: z.uuid(),
    identityKey: hex(32),
    shards: z.int().positive().max(65_536),
    lanes: z.int().positive().max(1024),
    /** The highest ledger epoch this node has answered under; 0 for none. */
    ledgerEpoch: z.int().nonnegative(),
    /** Number of the last receipt in its spend log; 0 for none. */
    lastSeq: z.int().nonnegative(),
    /** What the hospital's own limit still lets it spend, pico-rho. It follows from what it was charged alone. */
    leftRhoPico: z.string().regex(/^(0|[1-9][0-9]{0,37})$/),
    /** What its hospital asks of every round. */
    conditions: hospitalConditionsSchema,
    /** The node's clock, milliseconds since the epoch, UTC. */
    clockMs: z.int().positive(),
    build: z.string().max(128),
    /** The key agreement that TLS negotiated, as the node saw it. */
    tlsGroup: z.string().max(64).nullable(),
    /** What its language model can do; the same for every record it holds. */
    engine: z.strictObject({
      modelId: z.string().min(1).max(128),
      /** Exact log-probabilities of any candidate tokens: what private short answers need. */
      exactScores: z.boolean(),
      /** What else is evaluated at the same time does not change a score. */
      batchInvariant: z.boolean(),
    }),
    signature: hex(64),
  }),
  /** Router -> node: you are on. */
  welcome: z.strictObject({ state: z.string(), ledgerEpoch: z.int().positive() }),
  /** Router -> node: you are not, and why. */
  refused: z.strictObject({ code: z.string(), reason: z.string() }),
  round: z.strictObject({
    header: roundHeaderSchema,
    signed: headerSignatureSchema,
    nonce: hex(32),
    query: roundQuerySchema,
  }),
  /** Node -> router; the tail is the vector. */
  contribution: z.strictObject({
    h: hex(32),
    ...signedReceiptSchema.shape,
    /** Where absent members must not spoil the sum: of its own mask's seed a share sealed to each other member. */
    shared: z
      .strictObject({
        boxes: perNode(hex(BOX_BYTES)),
        commitments: z.strictObject({ seed: hex(32), pairs: perNode(hex(32)) }),
      })
      .optional(),
  }),
  /** Router -> node: who answered this round, and what they have sealed to this node. */
  survivors: z.strictObject({
    h: hex(32),
    survivors: z.array(z.uuid()).min(1).max(MOST_NODES),
    boxes: perNode(hex(BOX_BYTES)),
  }),
  /** Node -> router: its signature over them; it signs no others for this round. */
  agreement: z.strictObject({ h: hex(32), signature: hex(64) }),
  /** Router -> node: what the survivors signed. */
  signedSurvivors: z.strictObject({ h: hex(32), signatures: perNode(hex(64)) }),
  /** Node -> router: of every member either its share of the seed or this round's mask key, never both. */
  unmasking: z.strictObject({
    h: hex(32),
    seedShares: perNode(hex(SHARE_BYTES)),
    pairKeys: perNode(hex(32)),
  }),
  roundRefused: z.strictObject({
    h: hex(32),
    /** A word that is none of ours is not passed on. */
    code: z.enum([...ROUND_REFUSALS, 'other']).catch('other'),
    reason: z.string().max(512),
  }),
  /** Node -> router: it does not take part in unmasking this round. */
  unmaskingRefused: z.strictObject({
    h: hex(32),
    code: z.string().max(64),
    reason: z.string().max(512),
  }),
  /** Router -> node: the receipts after this number, oldest first: those of its spend log that the ledger lacks. */
  receiptsSince: z.strictObject({ after: z.int().nonnegative() }),
  /** Node -> router: one page of them. An empty page says that there are none. */
  receipts: z.strictObject({
    after: z.int().nonnegative(),
    receipts: z.array(signedReceiptSchema).max(RECEIPTS_A_PAGE),
  }),
  /** Router -> node: a question for the public model alone; no record is touched and nothing is charged. */
  publicQuery: z.strictObject({
    queryId: z.uuid(),
    prompt: z.string().min(1).max(65_536),
    labels: z.array(z.string().min(1).max(256)).max(64),
    maxTokens: z.int().min(1).max(512),
  }),
  publicReply: z.strictObject({
    queryId: z.uuid(),
    text: z.string(),
    labelIndex: z.int().nonnegative().nullable(),
    promptTokens: z.int().nonnegative(),
    completionTokens: z.int().nonnegative(),
    finishReason: z.enum(['stop', 'length']),
    error: z.string().nullable(),
  }),
  /** Router -> node: the public model's most likely next tokens. No record is touched and nothing is charged. */
  publicScores: z.strictObject({
    queryId: z.uuid(),
    prompt: z.string().min(1).max(65_536),
    prefix: z.array(tokenId).max(MAX_ANSWER_TOKENS),
    /** The most tokens the answer may have; room for them is kept in the context. */
    maxTokens: z.int().min(1).max(MAX_ANSWER_TOKENS),
    /** How many tokens to name, the likeliest first. */
    top: z.int().min(1).max(1024),
  }),
  publicScoresReply: z.strictObject({
    queryId: z.uuid(),
    /** Log-probability over the full vocabulary on the grid of 2^-13 nats, and the text the token adds. */
    candidates: z.array(z.strictObject({ id: tokenId, score: publicScore, text: z.string().max(256) })),
    /** The end token, whether or not it is among the likeliest. */
    end: z.strictObject({ id: tokenId, score: publicScore }).nullable(),
    promptTokens: z.int().nonnegative(),
    error: z.string().nullable(),
  }),
  /** Node -> router, every few seconds. */
  telemetry: nodeTelemetrySchema,
  /** Router -> node: who else takes part. An offer: only its hospital pins a peer. */
  peers: z.strictObject({
    peers: z
      .array(
        z.strictObject({
          nodeId: z.uuid(),
          name: z.string().max(128),
          hospital: z.string().max(128),
          region: z.string().max(64),
          identityKey: hex(32),
        }),
      )
      .max(200),
  }),
  /** Node -> router: certify this request (PKCS #10, DER, base64), over the connection that an older one opened. */
  certificateRequest: z.strictObject({ csr: z.base64().max(4096) }),
  certificate: z.strictObject({ pem: z.string().max(8192) }),
  certificateRefused: z.strictObject({ code: z.string().max(64), reason: z.string().max(512) }),
  /** Router -> node: make a new TLS key and ask for a certificate of it. */
  rekey: z.strictObject({}),
  probe: z.strictObject({ probeId: z.uuid() }),
  /** Answered from public facts only: never from the time a private round took. */
  probeReply: z.strictObject({ probeId: z.uuid(), queued: z.int().nonnegative() }),
  /** Router -> node: a head of the audit log, and the proof that it continues the head of `oldSize` entries. */
  witness: z.strictObject({
    verifierKey: z.string().max(512),
    note: z.string().max(8192),
    oldSize: treeSize,
    path: z.array(hex(32)).max(128),
  }),
  /** Node -> router: the C2SP cosignature line, once the head is on disk as the last one seen. */
  cosignature: z.strictObject({ line: z.string().max(1024) }),
  /** Node -> router: it does not sign, and of how many entries the last head is that it signed. */
  witnessRefused: z.strictObject({
    code: z.enum(WITNESS_REFUSALS),
    reason: z.string().max(512),
    seenSize: treeSize,
  }),
  /** Router -> node: announce keys for this epoch. Sent at the start of a connection and of every epoch. */
  keyEpoch: z.strictObject({ keyEpoch: z.int().positive(), notAfterMs: z.int().positive() }),
  /** Node -> router: its keys, whom its hospital has pinned, and with whom it shares a secret already. */
  announce: z.strictObject({
    announcement: keyAnnouncementSchema,
    pinned: z.array(z.uuid()).max(10_000),
    held: heldPairs,
  }),
  /** Router -> node: the keys of the other nodes, which it checks against its own pins. */
  directory: z.strictObject({
    keyEpoch: z.int().positive(),
    announcements: z.array(keyAnnouncementSchema).max(200),
  }),
  /** Router -> node: what peers made for its keys. */
  encapsulations: z.strictObject({
    keyEpoch: z.int().positive(),
    encapsulations: z.array(encapsulationSchema).max(200),
  }),
  /** Node -> router: with whom it shares a secret now, and what has to reach its peers. */
  pairs: z.strictObject({
    keyEpoch: z.int().positive(),
    pinned: z.array(z.uuid()).max(10_000),
    held: heldPairs,
    encapsulations: z.array(encapsulationSchema).max(200),
  }),
} satisfies Record<FrameType, z.ZodType>;

export type Message<T extends FrameType> = z.infer<(typeof messageSchemas)[T]>;

/** Checks a frame's JSON against its type's schema. Throws FrameError naming the first field at fault. */
export function parseMessage<T extends FrameType>(frame: Frame, type: T): Message<T> {
  if (frame.type !== type) throw new FrameError(`expected a ${type} frame, not ${frame.type}`);
  const parsed = messageSchemas[type].safeParse(frame.json);
  if (parsed.success) return parsed.data as Message<T>;
  const issue = parsed.error.issues[0];
  throw new FrameError(
    `${type} frame: ${issue?.path.join('.') || 'content'} ${issue?.message ?? 'is malformed'}`,
  );
}
