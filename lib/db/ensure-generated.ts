import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT, runPrisma } from './prisma-cli.ts';

const GENERATED = join(PROJECT_ROOT, 'lib/db/generated');
const STAMP = join(GENERATED, '.made-from');

function sources(): string {
  const hash = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'node_modules/prisma/package.json'])
    hash.update(readFileSync(join(PROJECT_ROOT, file)));
  return hash.digest('hex');
}

/** Generates the typed client where it is missing or was made from another schema. Returns whether it did. */
export async function ensureGenerated(): Promise<boolean> {
  const want = sources();
  const current = existsSync(join(GENERATED, 'client.ts')) && existsSync(STAMP);
  if (current && readFileSync(STAMP, 'utf8') === want) return false;
  await runPrisma(['generate']);
  writeFileSync(STAMP, want);
  return true;
}
