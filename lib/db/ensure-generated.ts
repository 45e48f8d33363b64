import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from '../../scripts/process-lock.mjs';
import { PROJECT_ROOT, runPrisma } from './prisma-cli.ts';

const GENERATED = join(PROJECT_ROOT, 'lib/db/generated');
const STAMP = join(GENERATED, '.made-from');
const CACHE = join(PROJECT_ROOT, '.cache');

function sources(): string {
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'node_modules/prisma/package.json'])
    hash.update(readFileSync(join(PROJECT_ROOT, file)));
  return hash.digest('hex');
}

function isCurrent(): boolean {
  const isThere = existsSync(join(GENERATED, 'client.ts')) && existsSync(STAMP);
  return isThere && readFileSync(STAMP, 'utf8') === sources();
}

/**
 * Generates the typed client where it is missing or was made from another schema, one process of this checkout at a
 * time. Returns whether it did.
 */
export async function ensureGenerated(log: (line: string) => void = console.error): Promise<boolean> {
  if (isCurrent()) return false;
  mkdirSync(CACHE, { recursive: true });
  const lock = await waitForLock(join(CACHE, 'generate.lock'), (pid) =>
    log(`Waiting for the database client that process ${pid} is generating`),
  );
  try {
    if (isCurrent()) return false;
    // A run that is cut off half-way must not look finished under the former stamp.
    rmSync(STAMP, { force: true });
    const madeFrom = sources();
    await runPrisma(['generate']);
    writeFileSync(STAMP, madeFrom);
    return true;
  } finally {
    lock.release();
  }
}
