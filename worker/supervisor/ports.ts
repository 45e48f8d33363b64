import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operator-error.ts';

export type Ports = { web: number; api: number; postgres: number; channel: number };

export function portsFrom(base: number): Ports {
  return { web: base, api: base + 1, postgres: base + 2, channel: base + 3 };
}

export type PortState = 'free' | 'busy' | 'forbidden';

function stateOn(host: string, port: number): Promise<PortState> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1 to be busy.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') answer('free');
      else answer(code === 'EACCES' || code === 'EPERM' ? 'forbidden' : 'busy');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer('free')));
  });
}

/** Whether we may listen on the port: on both loopback addresses, for `localhost` may mean either. */
export async function portState(port: number): Promise<PortState> {
  const state = await stateOn('127.0.0.1', port);
  return state === 'free' ? stateOn('::1', port) : state;
}

const PURPOSES: Record<keyof Ports, string> = {
  web: 'the console',
  api: 'the API',
  postgres: 'Postgres',
  channel: 'the channel of hospital nodes',
};

/**
 * Throws an OperatorError that names the first port we cannot have and the option that moves it. A busy one is given
 * `patienceMs`, in which the processes of a killed run may still be ending.
 */
export async function checkPorts(ports: Partial<Ports>, patienceMs = 0, stateOf = portState) {
  const deadline = Date.now() + patienceMs;
  for (const [name, port] of Object.entries(ports) as [keyof Ports, number][]) {
    const which = `Port ${port} (for ${PURPOSES[name]})`;
    for (let state = await stateOf(port); state !== 'free'; state = await stateOf(port)) {
      if (state === 'forbidden')
        throw new OperatorError(
          `${which} may not be opened by this user. Choose ports from 1024 on with --port-base N.`,
        );
      if (Date.now() >= deadline)
        throw new OperatorError(`${which} is busy. Stop what uses it, or choose others with --port-base N.`);
      await sleep(100);
    }
  }
}
