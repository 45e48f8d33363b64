import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Runs a Prisma command over the WASM schema engine: nothing is downloaded and nobody is called. Rejects with what the
 * command said when it fails.
 */
export async function runPrisma(args: string[], databaseUrl?: string): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, 'node_modules/prisma/build/index.js'), ...args], {
    cwd: PROJECT_ROOT,
    env: {
      // The engine starts as `env node`, which must be the Node that runs now.
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: homedir(),
      NODE_ENV: 'production',
      // Compiled code is kept between starts: both programs are large.
      NODE_COMPILE_CACHE: join(PROJECT_ROOT, '.cache', 'compiled'),
      NO_COLOR: '1',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      PRISMA_SCHEMA_ENGINE_BINARY: join(PROJECT_ROOT, 'prisma/schema-engine.mjs'),
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`prisma ${args.join(' ')} failed:\n${output.trim()}`);
  return output;
}
