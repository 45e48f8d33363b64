import { join } from 'node:path';
import { takeLock } from '../../../scripts/process-lock.mjs';
import type { NodeConfig } from '../config.ts';

/** Does something to the records of a node that does not run, and keeps it from starting meanwhile. */
export async function aloneWithRecords<T>({ dataDir }: NodeConfig, work: () => Promise<T>): Promise<T> {
  const lock = takeLock(join(dataDir, 'node.lock'));
  if ('heldBy' in lock)
    throw new Error(`Process ${lock.heldBy} runs this node and does not listen here: stop it first.`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}
