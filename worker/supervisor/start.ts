import { join } from 'node:path';
import { stopLeftoverCluster } from '#lib/db/embedded-postgres/remove';
import { supervisorEnv } from '#lib/env';
import type { SupervisorOptions } from './arguments.ts';
import { buildConsole } from './build-console.ts';
import { confirmReset } from './confirm-reset.ts';
import { openDataFolder } from './data-folder.ts';
import { openDatabase, updateSchema } from './database.ts';
import { loadKeys } from './keys.ts';
import { nodesToStart } from './nodes-to-start.ts';
import { OperatorError } from './operator-error.ts';
import { checkPorts, localPortBase, portsFrom } from './ports.ts';
import { beginAnew, finishReset, prepareReset } from './reset.ts';
import type { Running } from './running.ts';
import { enrolDemo, seedDemo } from './seed.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Snapshot } from './snapshot-record.ts';
import { startFederation } from './start-federation.ts';
import { startWeb } from './start-web.ts';
import type { Ready } from './summary.ts';

const CHILDREN_END_WITHIN_MS = 10_000;
const STOPPED = 'Stopped before it was ready.';

/** Everything `npm start` does, in order. What runs is handed to `running` the moment it does. */
export async function start(
  options: SupervisorOptions,
  running: Running,
  log: (line: string) => void,
): Promise<Ready> {
  const { DATABASE_URL: given, FDLR_TRUSTED_PROXIES: trustedProxies, ...mailEnv } = supervisorEnv();
  if (options.reset && given)
    throw new OperatorError(
      '--reset does not empty the database of DATABASE_URL: empty it, then start without.',
    );
  const { web, api, postgres, channel } = portsFrom(options.portBase);
  const localBase = localPortBase(options.portBase);
  const ports = { web, api, postgres, channel };

  const folder = openDataFolder(options.dataDir);
  running.addFolder(folder);
  await stopLeftoverCluster(folder.cluster, log);
  await checkPorts(given ? { web, api, channel } : ports, folder.wasCutOff ? CHILDREN_END_WITHIN_MS : 0);
  let snapshot: Snapshot | undefined;
  if (options.reset) {
    await confirmReset(folder.root, options);
    snapshot = await prepareReset(folder, log);
  }
  let keys = loadKeys(folder.keys);

  const step = async <T>(done: string, work: () => Promise<T>): Promise<T> => {
    if (running.isStopping()) throw new OperatorError(STOPPED);
    const startedAt = performance.now();
    const result = await work();
    if (running.isStopping()) throw new OperatorError(STOPPED);
    log(`${done} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return result;
  };

  const open = () =>
    openDatabase({ given, folder, port: postgres, password: keys.postgresPassword, running, log });
  const databaseUrl = await step(given ? 'Using the Postgres of DATABASE_URL' : 'Postgres ready', () =>
    open().catch(async (error: unknown) => {
      // A reset also mends a database that does not start.
      if (!snapshot || running.isStopping()) throw error;
      snapshot = undefined;
      await beginAnew(folder, 'its database does not start', log);
      keys = loadKeys(folder.keys);
      return open();
    }),
  );
  const restorable = snapshot;
  if (restorable) await step('Reset', () => finishReset(databaseUrl, folder.root, restorable, log));
  await step('Schema up to date', () => updateSchema(databaseUrl, log));
  const seeded = await step('Demo data ready', () =>
    seedDemo({
      databaseUrl,
      dataDir: folder.root,
      channelPort: channel,
      localAnswers: { portBase: localBase, origin: `http://localhost:${web}` },
      log,
    }),
  );
  if (seeded.isNew && !given)
    await step('Snapshot for --reset kept', () => takeSnapshot(databaseUrl, folder.root));
  await enrolDemo(databaseUrl, folder.root, seeded.nodes);
  await step('Console build current', () => buildConsole(log));
  const onChild = running.addChild;
  const nodes = await nodesToStart(databaseUrl, seeded.nodes);
  const [{ apiBaseUrl }, consoleUrl] = await Promise.all([
    step(`Router and ${nodes.length} hospital nodes ready`, () =>
      startFederation({
        databaseUrl,
        apiPort: api,
        channelPort: channel,
        keys,
        consoleUrl: `http://localhost:${web}`,
        mailDir: folder.mail,
        mailEnv: withoutUnset(mailEnv),
        logs: folder.logs,
        nodes,
        onChild,
      }),
    ),
    step('Console ready', () =>
      startWeb({
        databaseUrl,
        ports,
        keys,
        mailDir: mailEnv.SMTP_URL ? null : folder.mail,
        trustedProxies: trustedProxies ?? '0',
        dataDir: folder.root,
        localNodes: seeded.nodes.flatMap(({ local }) => (local ? [local] : [])),
        logs: folder.logs,
        onChild,
      }),
    ),
  ]);
  const { apiKey, model, logins } = seeded;
  const loginsFile = join(folder.root, 'federation.json');
  return { consoleUrl, apiBaseUrl, apiKey, model, logins, loginsFile };
}

function withoutUnset(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => !!entry[1]));
}
