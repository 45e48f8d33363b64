import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';

let current: ChildProcess | undefined;

// A run that is told to end takes the tool it is in with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    current?.kill(signal);
    setTimeout(() => process.exit(130), 10_000).unref();
    if (!current) process.exit(130);
    current.once('exit', () => process.exit(130));
  });

/** Runs a tool to its end, its output going straight through. */
export async function streamTool(command: string, args: string[]): Promise<boolean> {
  current = spawn(command, args, { cwd: PROJECT_ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  return hasSucceeded(current);
}

/** Runs a tool to its end and shows its output only when it fails. */
export async function quietTool(command: string, args: string[]): Promise<boolean> {
  current = spawn(command, args, { cwd: PROJECT_ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [current.stdout, current.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const succeeded = await hasSucceeded(current);
  if (!succeeded) console.log(output.trimEnd());
  return succeeded;
}

async function hasSucceeded(child: ChildProcess): Promise<boolean> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return false;
  } finally {
    current = undefined;
  }
}
