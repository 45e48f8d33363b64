import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const QUERY = ['--query-gpu=utilization.gpu', '--format=csv,noheader,nounits'];

/** The mean use of this machine's NVIDIA GPUs, 0 to 1; null where there is none, or no tool that says. */
export async function gpuUse(command = 'nvidia-smi'): Promise<number | null> {
  try {
    const { stdout } = await run(command, QUERY, { timeout: 2_000, maxBuffer: 65_536 });
    return meanUse(stdout);
  } catch {
    return null;
  }
}

/** One whole number of percent a line, one line a GPU; anything else is no reading. */
export function meanUse(stdout: string): number | null {
  const lines = stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || lines.some((line) => !/^(100|[0-9]{1,2})$/.test(line))) return null;
  return lines.reduce((sum, line) => sum + Number(line), 0) / lines.length / 100;
}
