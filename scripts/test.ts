import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { buildConsole } from '../worker/supervisor/build-console.ts';
import { e2eStage } from './test/e2e-stage.ts';
import { quietTool } from './test/run-tool.ts';
import { add, check, lastLine, NOTHING, type Tally } from './test/tally.ts';
import { vitestStage } from './test/vitest-stage.ts';

type Stage = { name: string; run: () => Promise<Tally> };

const tool = async (command: string, ...args: string[]) => check(await quietTool(command, args));

async function types(): Promise<Tally> {
  await ensureGenerated();
  // Writes next-env.d.ts and the types of the routes, which the compiler is told to include.
  const generated = await quietTool('next', ['typegen']);
  return generated ? tool('tsc', '--noEmit') : check(false);
}

async function build(): Promise<Tally> {
  await buildConsole(console.log);
  return check(true);
}

const FAST: Stage[] = [
  { name: 'Lint', run: () => tool('biome', 'check', '.') },
  { name: 'Types', run: types },
  {
    name: 'Import rules',
    run: () => tool('depcruise', 'app', 'components', 'lib', 'worker', '--config', '.dependency-cruiser.cjs'),
  },
  { name: 'Unit tests', run: () => vitestStage('unit') },
];
const SLOW: Stage[] = [
  { name: 'Integration tests', run: () => vitestStage('integration') },
  { name: 'Production build', run: build },
  { name: 'Browser tests', run: e2eStage },
];

async function runStage({ name, run }: Stage): Promise<Tally> {
  console.log(`${name} ...`);
  const startedAt = performance.now();
  const tally = await run().catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : String(error));
    return check(false);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${lastLine(tally)}, ${seconds} s)\n`);
  return tally;
}

const { fast } = parseArgs({ options: { fast: { type: 'boolean', default: false } } }).values;
mkdirSync(join(PROJECT_ROOT, '.cache'), { recursive: true });
let total = NOTHING;
for (const stage of fast ? FAST : [...FAST, ...SLOW]) total = add(total, await runStage(stage));
console.log(lastLine(total));
process.exit(total.failed === 0 ? 0 : 1);
