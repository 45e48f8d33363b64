import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '#lib/db/pool';
import { privacyEnv, routerEnv } from '#lib/env';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import { createLogger } from '#lib/log';
import type { RouterContext } from './context.ts';
import { createGateway } from './gateway/server.ts';
import { holdReplica } from './hold-replica.ts';
import { startJobs } from './jobs.ts';
import { loadKeys } from './load-keys.ts';
import { serveChannels } from './nodes/channel-server.ts';
import { NodeRegistry } from './nodes/registry.ts';

/** The router process: API, node channels and jobs over one database. */
const DRAIN_MS = 5_000;

const env = routerEnv();
const log = createLogger('router');
const pool = createPool(env.DATABASE_URL, 12);
const replicaLock = await holdReplica(pool, env.FDLR_REPLICA);
const ledger = await pool.query<{ epoch: number; federation_id: string }>(
  'SELECT epoch, federation_id FROM ledger_state',
);
if (!ledger.rows[0]) throw new Error('The ledger has no epoch: seed or restore the database first.');

const keys = loadKeys(env);
const privacy = privacyEnv();
const context: RouterContext = {
  env,
  pool,
  keys,
  log,
  signer: { origin: `fdlr/${ledger.rows[0].federation_id}`, key: keys.log },
  nodes: new NodeRegistry(),
  inFlight: new Set(),
  defaults: { epsilon: privacy.FEDERATED_PRIVACY_EPSILON, delta: privacy.FEDERATED_DELTA },
  ledgerEpoch: ledger.rows[0].epoch,
};

const charged = await chargeAbandoned(pool, env.FDLR_REPLICA);
if (charged > 0) log.warn({ charged }, 'reservations of the former process were charged in full');

const gateway = createGateway(context);
const closeChannels = serveChannels(gateway.server, context);
const stopJobs = startJobs(context);
await gateway.listen({ host: env.FDLR_HOST, port: env.FDLR_API_PORT });
log.info({ port: env.FDLR_API_PORT, replica: env.FDLR_REPLICA }, 'router ready');
process.send?.({ type: 'ready' });

let stopping = false;
async function stop(reason: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'router stops');
  // Close the door, let debited requests finish (they need their nodes), then let the nodes go.
  const closed = gateway.close();
  await Promise.race([Promise.allSettled(context.inFlight), sleep(DRAIN_MS)]);
  closeChannels();
  await closed;
  await stopJobs();
  replicaLock.release();
  await pool.end();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
