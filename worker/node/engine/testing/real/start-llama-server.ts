import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 60_000;

/** Starts the server with the demo model as docs/engines.md says it is to be started. */
export async function startLlamaServer(
  program: string,
  modelPath: string,
): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  const flags = ['--host', '127.0.0.1', '--port', String(port), '--parallel', '1'];
  const child = spawn(program, ['-m', modelPath, ...flags, '-c', '256', '-t', '1', '--cache-ram', '0'], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(url, child);
  } catch (error) {
    child.kill();
    throw error;
  }
  return { url, stop: () => void child.kill() };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end && child.exitCode === null) {
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    await sleep(200);
  }
  throw new Error('llama-server did not start');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
