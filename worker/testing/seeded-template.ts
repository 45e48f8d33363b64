import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { createDatabase } from '#lib/db/create-database';
import { templateIn } from '#lib/db/testing-databases';
import { enrolSeededNodes } from '../../prisma/seed/enrol-nodes.ts';
import type { Scenario } from '../../prisma/seed/scenario.ts';
import { type Seeded, seedScenario } from '../../prisma/seed/seed-scenario.ts';
import { waitForLock } from '../../scripts/process-lock.mjs';
import { readConfig, sourceOf } from '../node/config.ts';
import { storePlace } from '../node/record-store/store-place.ts';
import { refreshInThread } from '../node/record-store/store-task.ts';
import { loadKeys } from '../supervisor/keys.ts';

/** A database and a data folder in which a scenario was seeded and its hospitals have taken their records in. */
type Template = { databaseName: string; seeded: Seeded };

const NO_PORT = 9;

/**
 * Seeds a scenario once in a run of tests; every later file of the run gets a copy. Fills `dataDir` and gives the
 * database to clone.
 */
export async function copySeeded(
  scenario: Scenario,
  dataDir: string,
  channelPort: number,
): Promise<{ templateDatabase: string; seeded: Seeded }> {
  const text = JSON.stringify(scenario);
  const name = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const folder = join(inject('seededFolder'), name);
  const lock = await waitForLock(`${folder}.lock`, () => {});
  const recorded = `${folder}.json`;
  try {
    if (!existsSync(recorded)) writeFileSync(recorded, JSON.stringify(await makeTemplate(scenario, folder)));
  } finally {
    lock.release();
  }
  const here = (content: string) =>
    content.replaceAll(folder, dataDir).replaceAll(`127.0.0.1:${NO_PORT}"`, `127.0.0.1:${channelPort}"`);
  const { databaseName, seeded } = JSON.parse(here(readFileSync(recorded, 'utf8'))) as Template;
  cpSync(folder, dataDir, { recursive: true });
  for (const { configFile } of seeded.nodes) {
    writeFileSync(configFile, here(readFileSync(configFile, 'utf8')));
  }
  return { templateDatabase: databaseName, seeded };
}

async function makeTemplate(scenario: Scenario, dataDir: string): Promise<Template> {
  mkdirSync(dataDir, { mode: 0o700 });
  const { url, name: databaseName } = templateIn(inject('seededFolder'), inject('templateDatabaseUrl'));
  await createDatabase(url, new URL(inject('templateDatabaseUrl')).pathname.slice(1));
  loadKeys(join(dataDir, 'keys'));
  const seeded = await seedScenario(scenario, {
    databaseUrl: url,
    dataDir,
    channelPort: NO_PORT,
    log: () => {},
  });
  await enrolSeededNodes(url, dataDir, seeded.nodes);
  for (const { configFile } of seeded.nodes) {
    const config = readConfig(configFile);
    await refreshInThread(storePlace(config.dataDir, config.shards), sourceOf(config), true);
  }
  return { databaseName, seeded };
}
