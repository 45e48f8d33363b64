import { z } from 'zod';
import { type Child, logFileFor, spawnChild } from './child.ts';
import type { Keys } from './keys.ts';
import { probe, waitFor, waitUntilReady } from './wait-for.ts';

/** What a start waits for: that a node is asked, that it is connected, or for nothing of it. */
export type Awaited = 'asked' | 'connected' | 'nothing';

export type FederationNode = { id: string; name: string; configFile: string; awaited?: Awaited };

export type FederationOptions = {
  databaseUrl: string;
  apiPort: number;
  /** Where nodes dial in. */
  channelPort: number;
  keys: Pick<Keys, 'routerKeysDir' | 'consoleTokenPublicKeyFile' | 'invitationKeyFile'>;
  /** Base of the links in mails. */
  consoleUrl: string;
  /** Folder of the mails that go nowhere else. */
  mailDir: string;
  /** Operator's settings for mail: SMTP_URL, FDLR_MAIL_FROM. */
  mailEnv?: Record<string, string>;
  logs: string;
  nodes: FederationNode[];
  /** Called for each child as soon as it runs, so that a start that fails half-way can stop what it started. */
  onChild?: (child: Child) => void;
  log?: (line: string) => void;
};

export type Federation = { apiBaseUrl: string; router: Child; nodes: Child[]; stop(): Promise<void> };

const READY_MS = 180_000;
const readiness = z.object({ nodes: z.number() });

/**
 * Starts the router and its hospital nodes as processes of their own, and returns when every node that can be is
 * connected. The database is there, migrated and seeded. Throws an OperatorError when one of them does not come up; what runs by then
 * was handed to `onChild`.
 */
export async function startFederation(options: FederationOptions): Promise<Federation> {
  const { apiPort, logs, nodes, onChild = () => {}, log = () => {} } = options;
  const apiBaseUrl = `http://localhost:${apiPort}/v1`;
  // All at once: a node reads its records first and dials until somebody answers.
  const starting = startRouter(options);
  // Should a node not even start, nobody waits for the router any more.
  starting.catch(() => {});
  const agents = nodes.map(({ name, configFile }) => startNode(name, configFile, logs));
  for (const agent of agents) onChild(agent);
  const router = await starting;
  log('Router ready');
  const awaited = nodes.map((node) => node.awaited ?? 'asked');
  for (const [i, agent] of agents.entries())
    if (awaited[i] !== 'nothing') await waitUntilReady(agent, READY_MS);
  const asked = awaited.filter((what) => what === 'asked').length;
  await waitForNodes(router, apiPort, asked);
  log(`${asked} hospital nodes connected`);
  const stop = async () => {
    // The router first: it finishes what it has debited, and for that it needs its nodes.
    await router.stop();
    await Promise.all(agents.map((agent) => agent.stop()));
  };
  return { apiBaseUrl, router, nodes: agents, stop };
}

/** Starts the router and returns when it answers. */
export async function startRouter(options: Omit<FederationOptions, 'nodes' | 'log'>): Promise<Child> {
  const { databaseUrl, apiPort, channelPort, keys, logs, consoleUrl, mailDir, mailEnv } = options;
  const { onChild = () => {} } = options;
  const router = spawnChild({
    name: 'router',
    command: ['worker/router/main.ts'],
    env: {
      DATABASE_URL: databaseUrl,
      FDLR_API_PORT: String(apiPort),
      FDLR_CHANNEL_PORT: String(channelPort),
      FDLR_PUBLIC_CHANNEL_URL: `https://127.0.0.1:${channelPort}`,
      FDLR_PUBLIC_API_URL: `http://localhost:${apiPort}`,
      FDLR_ROUTER_KEYS_DIR: keys.routerKeysDir,
      FDLR_CONSOLE_TOKEN_PUBLIC_KEY_FILE: keys.consoleTokenPublicKeyFile,
      FDLR_INVITATION_KEY_FILE: keys.invitationKeyFile,
      FDLR_CONSOLE_URL: consoleUrl,
      FDLR_MAIL_DIR: mailDir,
      ...mailEnv,
    },
    logFile: logFileFor(logs, 'router'),
  });
  onChild(router);
  await waitUntilReady(router, READY_MS);
  return router;
}

/** Starts one hospital's agent. */
export function startNode(name: string, configFile: string, logs: string): Child {
  return spawnChild({
    name: `node ${name}`,
    command: ['worker/node/main.ts', '--config', configFile],
    logFile: logFileFor(logs, `node ${name}`),
  });
}

/** Waits until the router says that so many nodes are connected. */
export async function waitForNodes(router: Child, apiPort: number, count: number) {
  await waitFor(router, `${count} connected nodes`, READY_MS, async () => {
    const response = await probe(`http://127.0.0.1:${apiPort}/readyz`);
    if (!response?.ok) return false;
    const body = readiness.safeParse(await response.json());
    return body.success && body.data.nodes >= count;
  });
}
