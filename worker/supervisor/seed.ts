import type { SeededNode } from '../../prisma/seed/write-hospital-folders.ts';
import type { Login } from './summary.ts';

export type Seeded = {
  apiKey: string;
  model: string;
  logins: Login[];
  nodes: SeededNode[];
  isNew: boolean;
};

type SeedOptions = { databaseUrl: string; dataDir: string; channelPort: number; log: (line: string) => void };

/** Seeds the scenario `demo`. Loaded only now, because it needs the typed client that was generated a moment ago. */
export async function seedDemo(options: SeedOptions): Promise<Seeded> {
  const scenario = new URL('../../prisma/seed/demo.ts', import.meta.url).href;
  const { seedDemo } = (await import(scenario)) as { seedDemo: (options: SeedOptions) => Promise<Seeded> };
  return seedDemo(options);
}

/** Keys, certificates and pinned peers of its nodes, where they have none. Apart, so that no copy of a database has any. */
export async function enrolDemo(
  databaseUrl: string,
  dataDir: string,
  nodes: readonly SeededNode[],
): Promise<void> {
  const enrolment = new URL('../../prisma/seed/enrol-nodes.ts', import.meta.url).href;
  const { enrolSeededNodes } = (await import(enrolment)) as {
    enrolSeededNodes: (databaseUrl: string, dataDir: string, nodes: readonly SeededNode[]) => Promise<void>;
  };
  await enrolSeededNodes(databaseUrl, dataDir, nodes);
}
