import { demo } from './scenarios/demo.ts';
import { type Seeded, type SeedOptions, seedScenario } from './seed-scenario.ts';

/** The scenario that `npm start` shows. */
export function seedDemo(options: SeedOptions): Promise<Seeded> {
  return seedScenario(demo, options);
}
