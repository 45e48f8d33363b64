import { afterAll, beforeAll } from 'vitest';
import { type Scenario } from '../../prisma/seed/scenario.ts';
import { startTestFederation, type TestFederation } from './federation.ts';

/** Shared by the files of one-federation.integration.test.ts: there once their tests and hooks run. */
export let federation: TestFederation;

export function useOneFederation(scenario: Scenario): void {
  beforeAll(async () => {
    federation = await startTestFederation(scenario);
  });
  afterAll(() => federation?.stop());
}
