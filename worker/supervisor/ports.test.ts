import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPorts, type PortState, portState } from './ports.ts';

test('a port that somebody listens on is busy, and free when they are gone', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  expect(await portState(address.port)).toBe('busy');
  await new Promise((closed) => server.close(closed));
  expect(await portState(address.port)).toBe('free');
});

test('a port that this user may not open is told from a busy one, and not waited for', async () => {
  const states: Record<number, PortState> = { 80: 'forbidden' };
  const stateOf = async (port: number) => states[port] ?? 'free';
  await expect(checkPorts({ web: 80, api: 81 }, 60_000, stateOf)).rejects.toThrow(
    'Port 80 (for the console) may not be opened by this user. Choose ports from 1024 on with --port-base N.',
  );
});

test('a busy port that gets free in time is no fault', async () => {
  const states: PortState[] = ['busy', 'busy', 'free'];
  await checkPorts({ web: 3000 }, 60_000, async () => states.shift() ?? 'free');
  expect(states).toEqual([]);
});
