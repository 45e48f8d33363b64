import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { waitForLock } from '../../scripts/process-lock.mjs';
import { childEnvironment } from './child-environment.ts';
import { lastLines } from './log-file.ts';
import { OperatorError } from './operator-error.ts';
import { sourceHash } from './source-hash.ts';

const SOURCES = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'prisma/schema.prisma',
];
const STAMP = join(PROJECT_ROOT, '.next', 'fdlr-built-from');
const CACHE = join(PROJECT_ROOT, '.cache');

const builtFrom = () => (existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : undefined);

/** The build folder serves every instance of this checkout, so only one may write it at a time. */
function lockBuild(log: (line: string) => void) {
  mkdirSync(CACHE, { recursive: true });
  return waitForLock(join(CACHE, 'build.lock'), (pid) =>
    log(`Waiting for the build of the console that process ${pid} is making`),
  );
}

/** Builds the console unless the last build was made from these very sources. Returns whether it built. */
export async function buildConsole(log: (line: string) => void): Promise<boolean> {
  if (builtFrom() === sourceHash(SOURCES)) return false;
  const lock = await lockBuild(log);
  try {
    const want = sourceHash(SOURCES);
    if (builtFrom() === want) return false;
    await ensureGenerated(log);
    rmSync(STAMP, { force: true });
    log('Building the console (one to two minutes, only after a change)');
    await runBuild();
    writeFileSync(STAMP, want);
    return true;
  } finally {
    lock.release();
  }
}

async function runBuild() {
  const logFile = join(CACHE, 'build.log');
  const output = openSync(logFile, 'w');
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    cwd: PROJECT_ROOT,
    env: childEnvironment({ NEXT_TELEMETRY_DISABLED: '1' }),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('exit', endWithUs);
  if (code !== 0)
    throw new OperatorError(
      `The console does not build. Log: ${logFile}\n${lastLines(logFile, 25).join('\n')}`,
    );
}
