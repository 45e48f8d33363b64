import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createPool } from '#lib/db/pool';
import { MAY_CONNECT, type NodeState } from '#lib/nodes/onboarding/transitions';
import type { SeededNode } from '../../prisma/seed/write-hospital-folders.ts';
import type { Awaited } from './start-federation.ts';

/** The hospital's own stop button (worker/node/stop-file.ts): a file, so that it needs nobody else's program. */
const isStopped = (dataDir: string) => existsSync(join(dataDir, 'stopped'));

type Given = Pick<SeededNode, 'id' | 'dataDir'>;

/**
 * The nodes that are to run, each with what may be waited for: people may have put one out since the last start, here or
 * at the hospital, and the others start all the same. One that was revoked does not run again.
 */
export async function nodesToStart<N extends Given>(
  databaseUrl: string,
  nodes: readonly N[],
): Promise<(N & { awaited: Awaited })[]> {
  const pool = createPool(databaseUrl, 1);
  try {
    const { rows } = await pool.query<{ id: string; state: NodeState }>(
      'SELECT id, state::text AS state FROM node WHERE id = ANY($1)',
      [nodes.map(({ id }) => id)],
    );
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    return nodes.flatMap((node) => {
      const state = states.get(node.id);
      if (state === 'revoked') return [];
      return [{ ...node, awaited: isStopped(node.dataDir) ? 'nothing' : awaitedOf(state) } as const];
    });
  } finally {
    await pool.end();
  }
}

function awaitedOf(state: NodeState | undefined): Awaited {
  if (state === 'admitted') return 'asked';
  return state && MAY_CONNECT.includes(state) ? 'connected' : 'nothing';
}
