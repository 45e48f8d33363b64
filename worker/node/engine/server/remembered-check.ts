import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../../witness/write-durably.ts';

const checksSchema = z.record(
  z.string(),
  z.object({ batchInvariant: z.boolean(), checkedAt: z.iso.datetime() }),
);

/**
 * What the self-test found of a server, kept beside the node's keys: the test takes seconds, and a server of the same
 * address, model and build is the same. A file that cannot be read is no find: the test is made again.
 */
export async function rememberedCheck(
  file: string,
  key: string,
  check: () => Promise<boolean>,
  now = new Date(),
): Promise<boolean> {
  const known = readChecks(file);
  const found = known[key];
  if (found) return found.batchInvariant;
  const batchInvariant = await check();
  const checks = { ...known, [key]: { batchInvariant, checkedAt: now.toISOString() } };
  await writeDurably(file, `${JSON.stringify(checks, null, 2)}\n`);
  return batchInvariant;
}

function readChecks(file: string): z.infer<typeof checksSchema> {
  try {
    return checksSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
