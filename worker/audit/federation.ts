import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import OpenAI from 'openai';
import { pino } from 'pino';
import { createPool, type Pool } from '#lib/db/pool';
import type { RouterEnv } from '#lib/env';
import { createLogger } from '#lib/log';
import { freePort } from '#lib/net/free-port';
import { enrolSeededNodes } from '../../prisma/seed/enrol-nodes.ts';
import { idOf } from '../../prisma/seed/scenario-ids.ts';
import { seedScenario } from '../../prisma/seed/seed-scenario.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';
import { startRouter } from '../router/start-router.ts';
import { type Keys, loadKeys } from '../supervisor/keys.ts';
import { startNode } from '../supervisor/start-federation.ts';
import { probe, waitFor } from '../supervisor/wait-for.ts';
import { writeAuditRecords } from './records.ts';
import { ALL_COHORTS, auditScenario, type Cohort, neighbour, SIDES } from './scenario.ts';

const NODES_CONNECTED_MS = 60_000;

/** What an audit attacks: a real federation, over HTTP, and its ledger. */
export type AuditFederation = {
  dataDir: string;
  openai: OpenAI;
  pool: Pool;
  /** The accounts that carry the proof for the patient in question: the neighbours' datasets. */
  datasetIds: readonly string[];
  /** Puts other stages into the router that runs; without an argument the product's own again. */
  plant(bug?: Partial<Stages>): void;
  stop(): Promise<void>;
};

/**
 * Starts the audit's hospitals as processes of their own and a router in this one, over an empty, migrated database.
 * The router is the product's; only because it runs here can a bug be planted in it, through no setting of its own.
 */
export async function startAuditFederation(
  databaseUrl: string,
  dataDir: string,
  cohorts: readonly Cohort[] = ALL_COHORTS,
): Promise<AuditFederation> {
  const logs = join(dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  writeAuditRecords(dataDir, cohorts);
  const apiPort = await freePort();
  const channelPort = await freePort();
  const seeded = await seedScenario(auditScenario(cohorts), {
    databaseUrl,
    dataDir,
    channelPort,
    log: () => {},
  });
  await enrolSeededNodes(databaseUrl, dataDir, seeded.nodes);
  const stages = { ...STAGES };
  const log = createLogger('router', pino.destination(join(logs, 'router.log')));
  const env = routerEnv({
    databaseUrl,
    dataDir,
    apiPort,
    channelPort,
    keys: loadKeys(join(dataDir, 'keys')),
  });
  const stopRouter = await startRouter(env, log, stages);
  const nodes = seeded.nodes.map(({ name, configFile }) => startNode(name, configFile, logs));
  const pool = createPool(databaseUrl, 1);
  const stop = async () => {
    await stopRouter();
    await Promise.all([...nodes.map((node) => node.stop()), pool.end()]);
  };
  try {
    for (const node of nodes) {
      await waitFor(node, 'a connection to the router', NODES_CONNECTED_MS, () =>
        areConnected(apiPort, nodes.length),
      );
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    dataDir,
    openai: new OpenAI({ baseURL: `${env.FDLR_PUBLIC_API_URL}/v1`, apiKey: seeded.apiKey, maxRetries: 0 }),
    pool,
    datasetIds: cohorts.flatMap((cohort) => SIDES.map((side) => idOf('dataset', neighbour(cohort, side)))),
    plant: (bug = {}) => void Object.assign(stages, STAGES, bug),
    stop,
  };
}

async function areConnected(apiPort: number, count: number): Promise<boolean> {
  const response = await probe(`http://127.0.0.1:${apiPort}/readyz`);
  return response?.ok === true && ((await response.json()) as { nodes: number }).nodes >= count;
}

/** Settings of a router in the caller's own process. */
export function routerEnv(args: {
  databaseUrl: string;
  dataDir: string;
  apiPort: number;
  channelPort: number;
  keys: Keys;
}): RouterEnv {
  const { databaseUrl, dataDir, apiPort, channelPort, keys } = args;
  return {
    DATABASE_URL: databaseUrl,
    FDLR_API_PORT: apiPort,
    FDLR_CHANNEL_PORT: channelPort,
    FDLR_PUBLIC_CHANNEL_URL: `https://127.0.0.1:${channelPort}`,
    FDLR_HOST: '127.0.0.1',
    FDLR_PUBLIC_API_URL: `http://127.0.0.1:${apiPort}`,
    FDLR_ROUTER_KEYS_DIR: keys.routerKeysDir,
    FDLR_CONSOLE_TOKEN_PUBLIC_KEY_FILE: keys.consoleTokenPublicKeyFile,
    FDLR_REPLICA: 'audit',
    FDLR_CONSOLE_URL: 'http://localhost:3000',
    FDLR_INVITATION_KEY_FILE: keys.invitationKeyFile,
    FDLR_MAIL_DIR: join(dataDir, 'mail'),
    FDLR_MAIL_FROM: 'no-reply@fdlr.invalid',
  };
}
