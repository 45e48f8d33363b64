import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { freePort } from '#lib/net/free-port';
import type { Scenario } from '../../prisma/seed/scenario.ts';
import { demo } from '../../prisma/seed/scenarios/demo.ts';
import type { Seeded } from '../../prisma/seed/seed-scenario.ts';
import type { Child } from '../supervisor/child.ts';
import { loadKeys } from '../supervisor/keys.ts';
import { startFederation, startNode, startRouter, waitForNodes } from '../supervisor/start-federation.ts';
import { copySeeded } from './seeded-template.ts';

export type TestFederation = {
  database: TestDatabase;
  seeded: Seeded;
  dataDir: string;
  apiBaseUrl: string;
  apiPort: number;
  channelPort: number;
  /** The real SDK, without its own retries: a test counts requests. */
  openai: OpenAI;
  router: Child;
  nodes: Map<string, Child>;
  restartRouter(): Promise<void>;
  restartNodes(names: readonly string[]): Promise<void>;
  stop(): Promise<void>;
};

/** The demo with fewer patients and nothing behind it: the same hospitals, people and rules. */
export const SMALL: Scenario = { ...demo, name: 'small', patientsPerHospital: 500, historyRequests: 0 };

/**
 * A real federation for a test file: its own database, data folder, ports and processes.
 * @param wayTo gives the router another way to the database than the test's own.
 */
export async function startTestFederation(
  scenario: Scenario = SMALL,
  wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
): Promise<TestFederation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fdlr-test-'));
  const logs = join(dataDir, 'logs');
  mkdirSync(logs);
  const apiPort = await freePort();
  const channelPort = await freePort();
  const { templateDatabase, seeded } = await copySeeded(scenario, dataDir, channelPort);
  const database = await testDatabase(templateDatabase);
  const keys = loadKeys(join(dataDir, 'keys'));
  const mailDir = join(dataDir, 'mail');
  const consoleUrl = 'http://localhost:3000';
  const options = {
    databaseUrl: await wayTo(database.url),
    apiPort,
    channelPort,
    keys,
    consoleUrl,
    mailDir,
    logs,
    nodes: seeded.nodes,
  };
  const running = await startFederation(options);
  const nodes = new Map(seeded.nodes.map(({ name }, i) => [name, running.nodes[i]!]));

  const federation: TestFederation = {
    database,
    seeded,
    dataDir,
    apiPort,
    channelPort,
    apiBaseUrl: running.apiBaseUrl,
    openai: new OpenAI({ baseURL: running.apiBaseUrl, apiKey: seeded.apiKey, maxRetries: 0 }),
    router: running.router,
    nodes,
    restartRouter: async () => {
      federation.router = await startRouter(options);
      await waitForNodes(federation.router, apiPort, nodes.size);
    },
    restartNodes: async (names) => {
      for (const name of names) {
        const node = seeded.nodes.find((candidate) => candidate.name === name)!;
        nodes.set(name, startNode(name, node.configFile, logs));
      }
      await waitForNodes(federation.router, apiPort, nodes.size);
    },
    stop: async () => {
      await federation.router.stop();
      await Promise.all([...nodes.values()].map((node) => node.stop()));
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return federation;
}
