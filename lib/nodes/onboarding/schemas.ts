import { z } from 'zod';
import { plainText } from '#lib/identity/plain-text';
import { reasonSchema } from '#lib/identity/reason';
import { REGIONS } from '../regions.ts';

export const MAX_INVITE_HOURS = 72;
/** The laws that this version has words and clocks for. */
export const REGIMES = ['GDPR', 'HIPAA', 'PIPEDA', 'AU Privacy Act', 'PDPA'] as const;

const region = z.enum(REGIONS.map(({ code }) => code) as [string, ...string[]]);

/** e.g. "16xA100": how many, of what. */
export const computeCapacitySchema = z
  .string()
  .trim()
  .regex(
    /^[1-9]\d{0,3}x[A-Za-z0-9][A-Za-z0-9 ._-]{0,30}$/,
    'Say how many of what, such as 16xA100 or 2xCPU.',
  );

export const hospitalSchema = z.discriminatedUnion('kind', [
  /** One that the organisation has already. Its record collection, and what was spent on it, stays the same. */
  z.strictObject({ kind: z.literal('existing'), hospitalId: z.uuid() }),
  z.strictObject({
    kind: z.literal('new'),
    name: plainText({ max: 120 }),
    regime: z.enum(REGIMES),
    region,
    /** Regions whose callers may receive answers that its records contributed to. */
    allowedRegions: z.array(region).min(1).max(REGIONS.length),
  }),
]);

/** What an administrator says of a node before it enrols. The hospital measures; the console shows both. */
export const inviteNodeSchema = z.strictObject({
  hospital: hospitalSchema,
  siteName: plainText({ max: 120 }),
  jurisdiction: plainText({ max: 80 }),
  /** Public and fixed for the life of the record collection. */
  shards: z.int().min(1).max(65_536),
  lanes: z.int().min(1).max(1024),
  dataSize: z.int().min(0).max(2_000_000_000),
  computeCapacity: computeCapacitySchema,
  complianceLevel: plainText({ max: 80 }),
  /** Where the hospital's own listener answers local questions; null where the node only dials out. */
  endpoint: z
    .url({ protocol: /^https$/ })
    .max(200)
    .nullable(),
  expiresInHours: z.int().min(1).max(MAX_INVITE_HOURS),
});
export type InviteNode = z.output<typeof inviteNodeSchema>;

export const renewInviteSchema = z.strictObject({
  expiresInHours: z.int().min(1).max(MAX_INVITE_HOURS),
  reason: reasonSchema,
});
export type RenewInvite = z.output<typeof renewInviteSchema>;

/** The six words as the hospital read them out. */
export const confirmWordsSchema = z.strictObject({ words: z.string().trim().min(1).max(120) });
export type ConfirmWords = z.output<typeof confirmWordsSchema>;

/** Why somebody moved a node. */
export const nodeReasonSchema = z.strictObject({ reason: reasonSchema });
export type NodeReason = z.output<typeof nodeReasonSchema>;

/** What an invite answers: the code is in it and nowhere else. */
export const invitedSchema = z.object({
  nodeId: z.uuid(),
  inviteId: z.uuid(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
  /** What the hospital types. */
  command: z.string(),
});
