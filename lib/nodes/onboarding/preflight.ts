import { z } from 'zod';

/** What a hospital's preflight looks at, in the order in which it does. */
export const PREFLIGHT_CHECKS = [
  'dns',
  'tls',
  'authority',
  'clock',
  'records',
  'model',
  'aggregate',
] as const;

/** One line: what was found and, where it failed, what to do. Both are the hospital's own words, safe to show. */
export const preflightLineSchema = z.strictObject({
  check: z.enum(PREFLIGHT_CHECKS),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  found: z.string().max(300),
  remedy: z.string().max(300).nullable(),
});
export type PreflightLine = z.output<typeof preflightLineSchema>;
export const preflightSchema = z.array(preflightLineSchema).max(PREFLIGHT_CHECKS.length);

/** Null for what is no preflight. */
export function readPreflight(stored: unknown): PreflightLine[] | null {
  const parsed = preflightSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
