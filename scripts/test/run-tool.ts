import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';

export type Tools = ReturnType<typeof toolsIn>;

/** Runs the tools of the stages, with `folder` for their temporary files: it goes at the end of the run, whatever they left. */
export function toolsIn(folder: string) {
  const start = (command: string, args: string[], stdio: 'inherit' | 'pipe') =>
    spawn('env', [`TMPDIR=${folder}`, command, ...args], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', stdio, stdio],
    });

  return {
    folder,

    /** Runs a tool to its end, its output going straight through. */
    stream: (command: string, args: string[]): Promise<boolean> =>
      hasSucceeded(start(command, args, 'inherit')),

    /** Runs a tool to its end and shows its output only when it fails. */
    async quiet(command: string, args: string[]): Promise<boolean> {
      const child = start(command, args, 'pipe');
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      const succeeded = await hasSucceeded(child);
      if (!succeeded) console.log(output.trimEnd());
      return succeeded;
    },
  };
}

async function hasSucceeded(child: ChildProcess): Promise<boolean> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return false;
  }
}
