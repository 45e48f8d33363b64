import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { startPostgres } from '../../lib/db/embedded-postgres/start.ts';
import { ensureGenerated } from '../../lib/db/ensure-generated.ts';
import { migrate } from '../../lib/db/migrate.ts';
import { createPool, type Pool } from '../../lib/db/pool.ts';
import { LANES, openGroupLedger } from '../../lib/ledger/group-commit/group-ledger.ts';
import { createLogger } from '../../lib/log.ts';
import { freePort } from '../../lib/net/free-port.ts';
import { headerSigner } from '../../lib/nodes/header-signature.ts';
import type { NodeFacts } from '../../lib/nodes/node-channel.ts';
import { demo } from '../../prisma/seed/scenarios/demo.ts';
import { seedScenario } from '../../prisma/seed/seed-scenario.ts';
import type { RouterContext } from '../../worker/router/context.ts';
import { createGateway } from '../../worker/router/gateway/server.ts';
import type { KeyDirectory } from '../../worker/router/keys/key-directory.ts';
import { loadKeys as loadRouterKeys } from '../../worker/router/load-keys.ts';
import { ProbeRecorder } from '../../worker/router/nodes/probe-recorder.ts';
import { NodeRegistry } from '../../worker/router/nodes/registry.ts';
import { STAGES } from '../../worker/router/stages/stage-set.ts';
import { loadKeys } from '../../worker/supervisor/keys.ts';
import { cannedNode, ENGINE, type NodeWork } from './canned-node.ts';

export type BenchRouter = {
  gateway: FastifyInstance;
  apiKey: string;
  model: string;
  shards: number;
  work: NodeWork;
  stop(): Promise<void>;
};

/** The demo's hospitals and people with few patients, whom nobody asks. */
const SCENARIO = { ...demo, name: 'bench', patientsPerHospital: 20, historyRequests: 0 };

/** Canned hospitals send what their masks would leave in the sum: nothing. */
const ALL_TOGETHER: Pick<KeyDirectory, 'keyEpoch' | 'areTogether' | 'directoryHash' | 'settled'> = {
  keyEpoch: 1,
  areTogether: () => true,
  directoryHash: () => '0'.repeat(64),
  settled: async () => false,
};

/**
 * The router's own gateway, stages and ledger over a Postgres of its own, in this process; hospitals are canned. Jobs
 * and background loops do not run: they are not part of a request.
 */
export async function startBenchRouter(folder: string): Promise<BenchRouter> {
  await ensureGenerated();
  const postgres = await startPostgres({
    folder: join(folder, 'cluster'),
    port: await freePort(),
    password: randomBytes(16).toString('hex'),
    logFile: join(folder, 'postgres.log'),
  });
  try {
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const databaseUrl = postgres.url('bench');
    await migrate(databaseUrl);
    const seeded = await seedScenario(SCENARIO, { databaseUrl, dataDir, channelPort: 1, log: () => {} });
    const pool = createPool(databaseUrl, 12);
    const work: NodeWork = { again: [] };
    const ledgerPool = createPool(databaseUrl, LANES, { writes: 'in_transactions' });
    const { context, shards } = await contextOf(pool, ledgerPool, databaseUrl, dataDir, work);
    const gateway = createGateway(context);
    await gateway.ready();
    const stop = async () => {
      await gateway.close();
      await context.ledger.close();
      await Promise.all([pool.end(), ledgerPool.end()]);
      await postgres.stop();
    };
    return { gateway, apiKey: seeded.apiKey, model: seeded.model, shards, work, stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Hospitals that answer whatever they are asked, quickly. */
const EASY = {
  probeMs: 2,
  availability: 0.99,
  conditions: { minCohort: 3, minCollude: 1, minSigmaLocal: 2 },
};

async function contextOf(pool: Pool, ledgerPool: Pool, databaseUrl: string, dataDir: string, work: NodeWork) {
  const keys = loadKeys(join(dataDir, 'keys'));
  const env: RouterContext['env'] = {
    DATABASE_URL: databaseUrl,
    FDLR_API_PORT: 1,
    FDLR_CHANNEL_PORT: 1,
    FDLR_PUBLIC_CHANNEL_URL: 'https://localhost:1',
    FDLR_HOST: '127.0.0.1',
    FDLR_PUBLIC_API_URL: 'http://localhost',
    FDLR_ROUTER_KEYS_DIR: keys.routerKeysDir,
    FDLR_CONSOLE_TOKEN_PUBLIC_KEY_FILE: keys.consoleTokenPublicKeyFile,
    FDLR_REPLICA: 'bench',
    FDLR_CONSOLE_URL: 'http://localhost',
    FDLR_INVITATION_KEY_FILE: keys.invitationKeyFile,
    FDLR_MAIL_DIR: join(dataDir, 'mail'),
    FDLR_MAIL_FROM: 'no-reply@fdlr.invalid',
  };
  const { rows } = await pool.query<
    Pick<NodeFacts, 'nodeId' | 'hospitalId' | 'datasetId' | 'name' | 'shards' | 'lanes'>
  >(
    `SELECT id AS "nodeId", hospital_id AS "hospitalId", dataset_id AS "datasetId", name, shards, lanes
     FROM node WHERE state = 'admitted'`,
  );
  const nodes = new NodeRegistry();
  for (const facts of rows)
    nodes.add(cannedNode({ ...facts, ...EASY, engine: ENGINE, leftRhoPico: 10n ** 18n }, work));
  const ledger = await pool.query<{ epoch: number; federation_id: string }>(
    'SELECT epoch, federation_id FROM ledger_state',
  );
  const { epoch, federation_id: federationId } = ledger.rows[0]!;
  const routerKeys = loadRouterKeys(env);
  const context: RouterContext = {
    env,
    pool,
    logPool: pool,
    ledger: openGroupLedger(ledgerPool),
    keys: routerKeys,
    signer: { origin: `fdlr/${federationId}`, key: routerKeys.log },
    signHeader: headerSigner(routerKeys.identity),
    nodes,
    keyDirectory: ALL_TOGETHER as KeyDirectory,
    protection: { maxCollude: 1, availability: 0.99 },
    probes: new ProbeRecorder('bench'),
    log: createLogger('bench'),
    defaults: { epsilon: 0.1, delta: 1e-5 },
    ledgerEpoch: epoch,
    stopping: new AbortController().signal,
    inFlight: new Set(),
    stages: STAGES,
  };
  return { context, shards: rows.reduce((sum, { shards }) => sum + shards, 0) };
}
