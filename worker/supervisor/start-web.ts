import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Child, logFileFor, spawnChild } from './child.ts';
import type { Keys } from './keys.ts';
import type { Ports } from './ports.ts';
import type { LocalNode } from './seed.ts';
import { probe, waitFor } from './wait-for.ts';

export type WebOptions = {
  databaseUrl: string;
  ports: Ports;
  keys: Keys;
  /** Folder of mails for the demo's mailbox; null where a server sends them. */
  mailDir: string | null;
  /** How many proxies of the operator's own stand before the console. */
  trustedProxies: string;
  /** Absolute path: two instances on one host get cookies of different names from it. */
  dataDir: string;
  /** Nodes that answer their own organisation's people directly. */
  localNodes: LocalNode[];
  logs: string;
  onChild: (child: Child) => void;
};

const READY_MS = 180_000;

/** Starts the built console and returns its URL when the sign-in page answers. */
export async function startWeb({
  databaseUrl,
  ports,
  keys,
  mailDir,
  trustedProxies,
  dataDir,
  localNodes,
  logs,
  onChild,
}: WebOptions): Promise<string> {
  const consoleUrl = `http://localhost:${ports.web}`;
  const suffix = createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
  const web = spawnChild({
    name: 'console',
    command: ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(ports.web)],
    env: {
      DATABASE_URL: databaseUrl,
      NEXTAUTH_URL: consoleUrl,
      NEXTAUTH_SECRET: keys.nextAuthSecret,
      FDLR_ROUTER_URL: `http://127.0.0.1:${ports.api}`,
      FDLR_CONSOLE_TOKEN_KEY_FILE: keys.consoleTokenKeyFile,
      FDLR_INVITATION_KEY_FILE: keys.invitationKeyFile,
      FDLR_CONSOLE_KEY_FILE: keys.consoleKeyFile,
      ...(mailDir === null ? {} : { FDLR_MAIL_DIR: mailDir }),
      FDLR_TRUSTED_PROXIES: trustedProxies,
      FDLR_AUDIT_REPORT_FILE: join(dataDir, 'privacy-audit.json'),
      FDLR_LOCAL_NODES: JSON.stringify(localNodes),
      FDLR_COOKIE_PREFIX: `fdlr${suffix}`,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    logFile: logFileFor(logs, 'console'),
  });
  onChild(web);
  await waitFor(web, 'a sign-in page', READY_MS, async () => {
    const response = await probe(`http://127.0.0.1:${ports.web}/sign-in`);
    return response?.status === 200;
  });
  return consoleUrl;
}
