import { connect, createServer, type Socket } from 'node:net';

/**
 * `reply`: the server gets COMMIT and carries it out, and nobody hears of it. `request`: COMMIT is lost on its way, and the
 * server rolls back when it finds the connection gone. `at-once`: COMMIT is sent and the line is dead in the same moment.
 */
export type Cut = 'reply' | 'request' | 'at-once';

export type CommitCutter = {
  /** The same database, through the cutter. */
  url: string;
  /** Cuts the connections that send the next COMMITs; with `within`, of transactions in which that was sent as a query. */
  cutNext(cut: Cut, times?: number, within?: string): void;
  /** What was to be cut and has not come by now is spared. */
  stopCutting(): void;
  /** Called once, when the next COMMIT has been passed on. */
  onNextCommit(hook: () => void): void;
  /** Connections that were cut so far. */
  cuts(): number;
  /** Points to another server from now on; connections that stand are cut. */
  moveTo(databaseUrl: string): void;
  close(): Promise<void>;
};

const QUERY = 'Q'.charCodeAt(0);

/** A line to Postgres that breaks exactly at COMMIT: it reads enough of the wire protocol to see one go by. */
export async function startCommitCutter(databaseUrl: string): Promise<CommitCutter> {
  let target = new URL(databaseUrl);
  const armed: { cut: Cut; within: string }[] = [];
  const hooks: (() => void)[] = [];
  const sockets = new Set<Socket>();
  let cuts = 0;

  const proxy = createServer((client) => {
    const server = connect(Number(target.port || 5432), target.hostname);
    let deaf = false;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay();
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    const frames = frameReader();
    let queries = '';
    const nextCut = () => {
      const sent = queries;
      queries = '';
      return armed[0] && sent.includes(armed[0].within) ? armed.shift()?.cut : undefined;
    };
    client.on('data', (chunk: Buffer) => {
      for (const frame of frames(chunk)) {
        if (client.destroyed || deaf) return;
        const isEnd = isCommit(frame);
        if (!isEnd && frame[0] === QUERY) queries += frame.toString('latin1', 5);
        const cut = isEnd ? nextCut() : undefined;
        if (cut) cuts++;
        if (cut === 'request') return end();
        server.write(frame, () => {
          if (cut === 'at-once') end();
        });
        deaf = cut === 'reply';
        if (isEnd) hooks.shift()?.();
      }
    });
    server.on('data', (chunk: Buffer) => {
      if (deaf) end();
      else client.write(chunk);
    });
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const address = proxy.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cutNext: (cut, times = 1, within = '') => {
      for (let i = 0; i < times; i++) armed.push({ cut, within });
    },
    stopCutting: () => {
      armed.length = 0;
    },
    onNextCommit: (hook) => hooks.push(hook),
    cuts: () => cuts,
    moveTo: (other) => {
      target = new URL(other);
      cutAll();
    },
    close: () => {
      cutAll();
      return new Promise((closed) => proxy.close(() => closed()));
    },
  };
}

/** Splits what a client sends into messages: the first has no type, all others one byte and a length. */
function frameReader(): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Buffer[] = [];
    while (rest.length >= typeBytes + 4) {
      const size = typeBytes + rest.readInt32BE(typeBytes);
      if (rest.length < size) break;
      frames.push(rest.subarray(0, size));
      rest = rest.subarray(size);
      typeBytes = 1;
    }
    return frames;
  };
}

/** COMMIT as a simple query, or parsed as a statement. */
function isCommit(frame: Buffer): boolean {
  const type = String.fromCharCode(frame[0]!);
  const text = frame.toString('latin1', 5);
  return type === 'Q' ? /^COMMIT\b/i.test(text) : type === 'P' && /^[^\0]*\0COMMIT\b/i.test(text);
}
