import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { privacyEnv } from '#lib/env';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import { generateHospitalRecords } from './records/index.ts';
import type { Scenario, ScenarioHospital } from './scenario.ts';
import { idOf } from './scenario-ids.ts';

export type SeededNode = { id: string; name: string; configFile: string; dataDir: string; peersFile: string };

type Options = { dataDir: string; channelPort: number; log: (line: string) => void };

/**
 * One folder per hospital: its records and the node's configuration; its keys come when it is enrolled. It stands for
 * a machine of the hospital: nothing in it is read by anyone but that node.
 */
export async function writeHospitalFolders(
  scenario: Scenario,
  options: Options,
  router: { routerKey: string; caFingerprint: string },
): Promise<SeededNode[]> {
  const hospitals = scenario.organisations.flatMap((organisation) => organisation.hospitals);
  const nodes: SeededNode[] = [];
  for (const hospital of hospitals) {
    const folder = join(options.dataDir, 'hospitals', hospital.key);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await writeRecords(scenario, hospital, folder, options.log);
    const configFile = join(folder, 'node.json');
    const config = {
      nodeId: idOf('node', hospital.key),
      name: hospital.name,
      routerUrl: `https://127.0.0.1:${options.channelPort}`,
      ...router,
      dataDir: join(folder, 'node'),
      recordsDir: join(folder, 'records'),
      shards: hospital.shards,
      lanes: hospital.lanes,
      limitRhoPico: String(rhoFromEpsilon(scenario.caps.dataset, privacyEnv().FEDERATED_DELTA)),
      purposes: hospital.purposes,
      peersFile: join(folder, 'node', 'peers.json'),
    };
    writeFileSync(configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
    const { nodeId: id, name, dataDir, peersFile } = config;
    nodes.push({ id, name, configFile, dataDir, peersFile });
  }
  return nodes;
}

/** Generates into a folder of its own and renames it: an interrupted run leaves no half export behind. */
async function writeRecords(
  scenario: Scenario,
  hospital: ScenarioHospital,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  const target = join(folder, 'records');
  if (existsSync(target)) return;
  const unfinished = join(folder, 'records.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const { patients, encounters } = await generateHospitalRecords({
    seed: scenario.seed,
    hospitalKey: hospital.key,
    patients: scenario.patientsPerHospital,
    folder: unfinished,
  });
  renameSync(unfinished, target);
  log(`${hospital.name}: ${patients} synthetic patients, ${encounters} encounters`);
}
