import { readRuns } from '#lib/budgets/efficiency/read-runs';
import { runEvents } from '#lib/budgets/efficiency/run-events';
import type { TestFederation } from './federation.ts';

/** What was charged to people: how many kinds of charge, and those of them that the ledger keeps too little to recompute. */
export async function unknownRuns({ database: { pool, prisma } }: TestFederation) {
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM account WHERE kind = 'user'");
  const runs = [
    ...(
      await readRuns(
        prisma,
        rows.map(({ id }) => id),
      )
    ).values(),
  ].flat();
  return { kinds: runs.length, unknown: runs.filter((run) => !runEvents(run).known) };
}
