import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Logger } from '#lib/log';
import type { RecordKeeper } from './record-keeper.ts';
import { PatientError, RecordStoreError } from './store-error.ts';

const orderSchema = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('refresh') }),
  z.strictObject({ order: z.enum(['restrict', 'lift', 'erase']), patientId: z.string().min(1).max(64) }),
]);
export type RecordOrder = z.infer<typeof orderSchema>;
type Reply = { done: unknown } | { failed: string };

/** Longest path of a socket that every system takes. */
const LONGEST_PATH = 100;
const LONGEST_ORDER = 4_096;

export const socketPath = (dataDir: string) => join(dataDir, 'records.sock');

/** Listens for the hospital's own commands: a socket in the node's folder, which only its owner may open. */
export async function listenForOrders(
  dataDir: string,
  keeper: RecordKeeper,
  log: Logger,
): Promise<{ close: () => void }> {
  const path = socketPath(dataDir);
  if (path.length > LONGEST_PATH) {
    log.warn('the path of dataDir is too long for a socket: stop the node to change its records');
    return { close: () => {} };
  }
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.setTimeout(10_000, () => socket.destroy());
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      if (bytes > LONGEST_ORDER) socket.destroy();
    });
    createInterface(socket).once('line', async (line) => {
      socket.setTimeout(0);
      const reply = await answer(line, keeper);
      if (!socket.destroyed) socket.end(`${JSON.stringify(reply)}\n`);
    });
  });
  await listening(server, path);
  chmodSync(path, 0o600);
  return {
    close: () => {
      server.close();
      rmSync(path, { force: true });
    },
  };
}

/** Tells a running node, and gives what it says. Null where no node runs. @throws PatientError with its refusal. */
export async function sendOrder(dataDir: string, order: RecordOrder): Promise<{ done: unknown } | null> {
  const line = await new Promise<string | null>((resolve, reject) => {
    const socket = createConnection(socketPath(dataDir));
    let text = '';
    socket.once('connect', () => socket.write(`${JSON.stringify(order)}\n`));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.once('end', () => resolve(text));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ECONNREFUSED' ? resolve(null) : reject(error),
    );
  });
  if (line === null) return null;
  if (line === '') throw new RecordStoreError('The node ended before it answered: see its log.');
  const reply = JSON.parse(line) as Reply;
  if ('failed' in reply) throw new PatientError(reply.failed);
  return reply;
}

async function answer(line: string, keeper: RecordKeeper): Promise<Reply> {
  try {
    const order = orderSchema.parse(JSON.parse(line));
    const done = await (order.order === 'refresh'
      ? keeper.refresh()
      : keeper.decide(order.order, order.patientId));
    return { done };
  } catch (error) {
    const known = error instanceof PatientError || error instanceof RecordStoreError;
    return { failed: known ? error.message : 'The node could not do that: see its log.' };
  }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // Nobody else's from its first moment on: the socket is bound before this call returns.
    const before = process.umask(0o177);
    try {
      server.listen(path, resolve);
    } finally {
      process.umask(before);
    }
  });
}
