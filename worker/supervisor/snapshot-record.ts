import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { privacyEnv } from '#lib/env';
import { periodOf } from '#lib/ledger/period';
import { sourceHash } from './source-hash.ts';

/** What a data folder knows about the copy of its database as it was first seeded. */
const schema = z.strictObject({
  /** Of everything that seeding depends on. */
  key: z.string(),
  /** Budgets run per year: an older copy lacks this year's history. */
  period: z.string(),
  /** The day it was seeded. */
  madeOn: z.iso.date(),
  database: z.string(),
});
export type Snapshot = z.infer<typeof schema>;

const FILE = 'snapshot.json';
const SEEDED_FROM = [
  'prisma/seed',
  'prisma/migrations',
  'lib/audit-log',
  'lib/ledger',
  'lib/planner',
  'lib/privacy',
];

/** Describes the copy that a seeding of today, by this checkout and these settings, would leave. */
export function describeSnapshot(now = new Date()): Snapshot {
  const settings = JSON.stringify(privacyEnv());
  const key = createHash('sha256')
    .update(sourceHash(SEEDED_FROM))
    .update(settings)
    .digest('hex')
    .slice(0, 16);
  return {
    key,
    period: periodOf(now),
    madeOn: now.toISOString().slice(0, 10),
    database: `fdlr_seed_${key}`,
  };
}

export function keepRecord(root: string, snapshot: Snapshot): void {
  writeFileSync(join(root, FILE), `${JSON.stringify(snapshot, null, 2)}\n`, { mode: 0o600, flush: true });
}

/** The copy that may be restored, or in words why there is none. */
export function findSnapshot(root: string, now = new Date()): { snapshot: Snapshot } | { missing: string } {
  const path = join(root, FILE);
  if (!existsSync(path)) return { missing: 'no snapshot of a seeding was kept' };
  let snapshot: Snapshot;
  try {
    snapshot = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { missing: `${FILE} is damaged` };
  }
  const wanted = describeSnapshot(now);
  if (snapshot.period !== wanted.period)
    return { missing: `the snapshot is of ${snapshot.period}, and budgets run per year` };
  if (snapshot.key !== wanted.key)
    return { missing: 'the scenario, the schema or a setting has changed since the snapshot' };
  return { snapshot };
}
