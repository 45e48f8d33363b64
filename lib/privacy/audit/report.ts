import { z } from 'zod';

/** What `npm run audit` measured: written by it, read by the console. */
const count = z.int().nonnegative();
const amount = z.number().nonnegative();

/** The names that messages exist for. A mechanism or bug that is added here gets its words there. */
export const AUDIT_SUBJECTS = [
  'vote',
  'gaussian-vote',
  'retried-vote',
  'two-votes',
  'consensus-threshold',
  'consensus-margin',
  'short-answer',
] as const;
export const AUDIT_BUGS = [
  'zero-out-formula',
  'rho-divided-by-hospitals',
  'dropped-count',
  'reused-noise',
  'test-without-noise',
  'token-drawn-twice-as-far',
  'tokens-charged-once',
  'sqrt-two-forgotten',
  'all-shares-counted',
] as const;

const measurement = z.strictObject({
  subject: z.enum(AUDIT_SUBJECTS),
  /** What the ledger charged a sample, zCDP and epsilon at the report's delta. */
  claimed: z.strictObject({ rho: amount, epsilon: amount }),
  samplesPerSide: count,
  /** What the answers prove at least: total variation distance, rho and epsilon. */
  measured: z.strictObject({ distance: amount, rho: amount, epsilon: amount }),
  /** The largest distance that the charge allows: sqrt(rho/2). */
  distanceLimit: amount,
  durationS: amount,
});

export const auditReportSchema = z.strictObject({
  v: z.literal(1),
  /** Of the product, and the commit where it was run from a checkout; "-dirty" with changes on top. */
  version: z.string(),
  commit: z.string().nullable(),
  startedAt: z.iso.datetime(),
  durationS: amount,
  /** How it was run, to run it again. */
  command: z.string(),
  delta: z.number().gt(0).lt(1),
  /** Chance that one line's bound is too high. */
  error: z.number().gt(0).lt(1),
  hospitals: count,
  shards: count,
  mechanisms: z.array(measurement.extend({ verdict: z.enum(['not_refuted', 'refuted']) })),
  plantedBugs: z.array(measurement.extend({ bug: z.enum(AUDIT_BUGS), caught: z.boolean() })),
});
export type AuditReport = z.infer<typeof auditReportSchema>;
export type AuditedMechanism = AuditReport['mechanisms'][number];
export type PlantedBugResult = AuditReport['plantedBugs'][number];
