import { z } from 'zod';

/** What a mechanism ran with, as far as the entry says: each is shown by its name. */
export type EntryTerms = {
  labels?: number;
  shards?: number;
  nodes?: number;
  beta?: number;
  /** The test before a vote, and the variance of its noise. */
  test?: string;
  sigma2?: number;
  /** In gaussian mode: the variance of each hospital's own noise, and whose noise does not count. */
  sigma2Local?: number;
  maxCollude?: number;
  maxDropouts?: number;
  clip?: number;
  maxTokens?: number;
};
export const TERM_NAMES = [
  'labels',
  'shards',
  'nodes',
  'beta',
  'test',
  'sigma2',
  'sigma2Local',
  'maxCollude',
  'maxDropouts',
  'clip',
  'maxTokens',
] as const satisfies readonly (keyof EntryTerms)[];

const fraction = z
  .object({ num: z.string(), den: z.string() })
  .transform(({ num, den }) => Number(num) / Number(den))
  .pipe(z.number().positive());
const parameters = z.object({
  K: z.int().optional().catch(undefined),
  s: z.int().optional().catch(undefined),
  cohort: z.array(z.string()).optional().catch(undefined),
  beta: fraction.optional().catch(undefined),
  test: z.string().optional().catch(undefined),
  sigma2: fraction.optional().catch(undefined),
  sigma2Local: fraction.optional().catch(undefined),
  maxCollude: z.int().optional().catch(undefined),
  maxDropouts: z.int().optional().catch(undefined),
  clip: fraction.optional().catch(undefined),
  maxTokens: z.int().optional().catch(undefined),
});

/** Reads what is known and leaves out what is not: an entry is shown whatever its parameters are. */
export function entryTerms(json: unknown): EntryTerms {
  const parsed = parameters.safeParse(json);
  if (!parsed.success) return {};
  const { K: labels, s: shards, cohort, ...rest } = parsed.data;
  const terms = { labels, shards, nodes: cohort?.length, ...rest };
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
