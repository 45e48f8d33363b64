import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operator-error.ts';

export type Ports = { web: number; api: number; postgres: number };

export function portsFrom(base: number): Ports {
  return { web: base, api: base + 1, postgres: base + 2 };
}

function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    // A machine without IPv6 has no ::1 to be busy.
    server.once('error', (error: NodeJS.ErrnoException) =>
      answer(error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT'),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(false)));
  });
}

/** Whether somebody listens on the port: on either loopback address, for `localhost` may mean both. */
export async function isBusy(port: number): Promise<boolean> {
  return (await isTaken(port, '127.0.0.1')) || (await isTaken(port, '::1'));
}

const PURPOSES: Record<keyof Ports, string> = { web: 'the console', api: 'the API', postgres: 'Postgres' };

/**
 * Throws an OperatorError that names the first busy port and the option that moves it, after `patienceMs` in which
 * the processes of a killed run may still be ending.
 */
export async function checkPorts(ports: Partial<Ports>, patienceMs = 0) {
  const deadline = Date.now() + patienceMs;
  for (const [name, port] of Object.entries(ports) as [keyof Ports, number][])
    while (await isBusy(port)) {
      if (Date.now() >= deadline)
        throw new OperatorError(
          `Port ${port} (for ${PURPOSES[name]}) is busy. Stop what uses it, or choose others with --port-base N.`,
        );
      await sleep(100);
    }
}
