import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '#lib/db/pool';
import { privacyEnv, type RouterEnv } from '#lib/env';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import { LANES, openGroupLedger } from '#lib/ledger/group-commit/group-ledger';
import { requireDurable } from '#lib/ledger/require-durable';
import type { Logger } from '#lib/log';
import { createMailer } from '#lib/mail/mailer';
import { headerSigner } from '#lib/nodes/header-signature';
import type { RouterContext } from './context.ts';
import { LOG_CONNECTIONS } from './gateway/audit-log-routes.ts';
import { createGateway } from './gateway/server.ts';
import { holdReplica } from './hold-replica.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { currentEpoch } from './keys/current-epoch.ts';
import { KeyDirectory } from './keys/key-directory.ts';
import { loadKeys } from './load-keys.ts';
import { startLoops } from './loops.ts';
import { listenOn, openChannelListener } from './nodes/channel-listener.ts';
import { serveChannels } from './nodes/channel-server.ts';
import { openChannelTrust } from './nodes/channel-trust.ts';
import { serveEnrolment } from './nodes/enrolment-routes.ts';
import { forgetConnections, ProbeRecorder } from './nodes/probe-recorder.ts';
import { NodeRegistry } from './nodes/registry.ts';
import { STAGES, type Stages } from './stages/stage-set.ts';

/** How long a router that stops waits for the questions it has debited. */
const DRAIN_MS = 7_000;
const CONNECTIONS = 12;

/**
 * Starts API, node channels and jobs over one database. Resolves once they answer, with the way to stop them. Only
 * audits and benchmarks give other stages than the product's.
 */
export async function startRouter(
  env: RouterEnv,
  log: Logger,
  stages: Stages = STAGES,
): Promise<() => Promise<void>> {
  const pool = createPool(env.DATABASE_URL, CONNECTIONS);
  await requireDurable(pool).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const letReplicaGo = await holdReplica(pool, env.FDLR_REPLICA, log, (error) => {
    log.fatal(error.message);
    process.exit(1);
  });
  const found = await pool.query<{ epoch: number; federation_id: string }>(
    'SELECT epoch, federation_id FROM ledger_state',
  );
  const state = found.rows[0];
  if (!state) throw new Error('The ledger has no epoch: seed or restore the database first.');

  const keys = loadKeys(env);
  // Connections of its own: however many read, a debit never waits for one.
  const ledgerPool = createPool(env.DATABASE_URL, LANES, { writes: 'in_transactions' });
  const ledger = openGroupLedger(ledgerPool);
  const logPool = createPool(env.DATABASE_URL, LOG_CONNECTIONS);
  const privacy = privacyEnv();
  const stopping = new AbortController();
  const context: RouterContext = {
    env,
    pool,
    logPool,
    ledger,
    keys,
    log,
    signer: { origin: `fdlr/${state.federation_id}`, key: keys.log },
    signHeader: headerSigner(keys.identity),
    nodes: new NodeRegistry(),
    keyDirectory: new KeyDirectory(await currentEpoch(pool)),
    protection: {
      maxCollude: privacy.FEDERATED_MAX_COLLUDE,
      availability: privacy.FEDERATED_NODE_AVAILABILITY,
    },
    stages,
    probes: new ProbeRecorder(env.FDLR_REPLICA),
    stopping: stopping.signal,
    inFlight: new Set(),
    defaults: { epsilon: privacy.FEDERATED_PRIVACY_EPSILON, delta: privacy.FEDERATED_DELTA },
    ledgerEpoch: state.epoch,
  };
  const charged = await chargeAbandoned(pool, env.FDLR_REPLICA, ledger);
  if (charged > 0) log.warn({ charged }, 'reservations of the former process were charged in full');

  await forgetConnections(pool, env.FDLR_REPLICA);

  const gateway = createGateway(context);
  const trust = await openChannelTrust(pool, env, state.federation_id);
  const listener = await openChannelListener(env, trust.authority);
  serveEnrolment(listener.server, context, trust);
  const closeChannels = serveChannels(listener.server, context, trust);
  const stopLoops = startLoops(context);
  const stopJobs = await startJobs(env.DATABASE_URL, {
    pool,
    log,
    mailer: createMailer({ smtpUrl: env.SMTP_URL, folder: env.FDLR_MAIL_DIR, from: env.FDLR_MAIL_FROM }),
    invitationKey: keys.invitation,
    consoleUrl: env.FDLR_CONSOLE_URL,
  });
  await gateway.listen({ host: env.FDLR_HOST, port: env.FDLR_API_PORT });
  await listenOn(listener.server, env.FDLR_HOST, env.FDLR_CHANNEL_PORT);

  return async () => {
    // Close the door, let debited requests finish (they need their nodes), then let the nodes go.
    stopping.abort();
    const closed = gateway.close();
    const jobsStopped = stopJobs();
    await Promise.race([Promise.allSettled(context.inFlight), sleep(DRAIN_MS)]);
    await stopLoops();
    await closeChannels();
    listener.close();
    gateway.server.closeIdleConnections();
    await closed;
    await jobsStopped;
    // Closing the channels lost nobody's probe but ended every connection: the last word on each.
    await context.probes.flush(pool, { all: true }).catch((error: unknown) => {
      log.warn({ err: error }, 'the last probes were not recorded');
    });
    // What is still on its way is committed or refused; then nothing may write any more.
    await ledger.close();
    letReplicaGo();
    await Promise.all([ledgerPool.end(), logPool.end(), pool.end()]);
  };
}
