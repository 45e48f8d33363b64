import { z } from 'zod';

const stagesSchema = z.record(z.string(), z.number().nonnegative());

export type Stage = { name: string; startMs: number; endMs: number };

/** Reads stagesMs (when each stage ended, ms since the request came) as spans in order. Anything else is no stages. */
export function toStages(stagesMs: unknown): Stage[] {
  const parsed = stagesSchema.safeParse(stagesMs);
  if (!parsed.success) return [];
  const ends = Object.entries(parsed.data).sort(([, a], [, b]) => a - b);
  return ends.map(([name, endMs], index) => ({ name, startMs: ends[index - 1]?.[1] ?? 0, endMs }));
}
