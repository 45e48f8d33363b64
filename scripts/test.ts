import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { buildConsole } from '../worker/supervisor/build-console.ts';
import { interruption, outliveReaders } from '../worker/supervisor/interruption.ts';
import { ensureDebianPostgres } from './test/debian-postgres.ts';
import { e2eStage } from './test/e2e-stage.ts';
import { closeRun, openRun } from './test/run-folder.ts';
import { type Tools, toolsIn } from './test/run-tool.ts';
import { add, check, failureLines, lastLine, NOTHING, type Tally } from './test/tally.ts';
import { vitestStage } from './test/vitest-stage.ts';

outliveReaders();
const interrupted = interruption(() => process.exit(130));

type Stage = { name: string; run: (tools: Tools) => Promise<Tally> };

const tool =
  (command: string, ...args: string[]) =>
  async (tools: Tools) =>
    check(await tools.quiet(command, args));

async function types(tools: Tools): Promise<Tally> {
  await ensureGenerated(console.log);
  // Writes next-env.d.ts and the types of the routes, which the compiler is told to include.
  const generated = await tools.quiet('next', ['typegen']);
  return generated ? tool('tsc', '--noEmit', '--incremental', 'false')(tools) : check(false);
}

function unitAndIntegration(tools: Tools): Promise<Tally> {
  ensureDebianPostgres();
  return vitestStage(tools, 'unit', 'database', 'integration');
}

async function build(): Promise<Tally> {
  await buildConsole(console.log);
  return check(true);
}

const STATIC: Stage[] = [
  { name: 'Lint', run: tool('biome', 'check', '.') },
  { name: 'Types', run: types },
  {
    name: 'Import rules',
    run: tool('depcruise', 'app', 'components', 'lib', 'worker', '--config', '.dependency-cruiser.cjs'),
  },
];
const FAST: Stage[] = [...STATIC, { name: 'Unit tests', run: (tools) => vitestStage(tools, 'unit') }];
const FULL: Stage[] = [
  ...STATIC,
  // Side by side: integration tests mostly wait for processes, unit tests mostly compute.
  { name: 'Unit and integration tests', run: unitAndIntegration },
  { name: 'Production build', run: build },
  { name: 'Browser tests', run: e2eStage },
];

/** Runs a stage to its end, or to ours. */
async function runStage({ name, run }: Stage, tools: Tools): Promise<Tally | 'interrupted'> {
  console.log(`${name} ...`);
  const startedAt = performance.now();
  const counted = run(tools).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : String(error));
    return check(false);
  });
  const counts = await Promise.race([counted, interrupted]);
  if (counts === 'interrupted') return counts;
  // What has no name of its own goes by its stage's.
  const tally =
    counts.failed > counts.failures.length ? { ...counts, failures: [...counts.failures, name] } : counts;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} (${lastLine(tally)}, ${seconds} s)\n`);
  return tally;
}

const { fast } = parseArgs({ options: { fast: { type: 'boolean', default: false } } }).values;
mkdirSync(join(PROJECT_ROOT, '.cache'), { recursive: true });
const folder = await openRun();
const cleanUp = () => closeRun(folder).catch((error: unknown) => console.log(`Clean-up: ${error}`));
let total = NOTHING;
for (const stage of fast ? FAST : FULL) {
  const tally = await runStage(stage, toolsIn(folder));
  if (tally === 'interrupted') {
    console.log('Interrupted: stopping what runs');
    await cleanUp();
    process.exit(130);
  }
  total = add(total, tally);
}
await cleanUp();
for (const line of failureLines(total)) console.log(line);
console.log(lastLine(total));
process.exit(total.failed === 0 ? 0 : 1);
