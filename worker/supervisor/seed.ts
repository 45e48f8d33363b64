import type { FederationNode } from './start-federation.ts';
import type { Login } from './summary.ts';

/** Where a node answers its own organisation's people. */
export type LocalNode = { organisationId: string; hospital: string; url: string };

export type Seeded = {
  apiKey: string;
  model: string;
  logins: Login[];
  nodes: (FederationNode & { local: LocalNode | null })[];
  isNew: boolean;
};

type SeedOptions = {
  databaseUrl: string;
  dataDir: string;
  apiPort: number;
  localAnswers: { portBase: number; origin: string };
  log: (line: string) => void;
};

/** Seeds the scenario `demo`. Loaded only now, because it needs the typed client that was generated a moment ago. */
export async function seedDemo(options: SeedOptions): Promise<Seeded> {
  const scenario = new URL('../../prisma/seed/demo.ts', import.meta.url).href;
  const { seedDemo } = (await import(scenario)) as { seedDemo: (options: SeedOptions) => Promise<Seeded> };
  return seedDemo(options);
}
