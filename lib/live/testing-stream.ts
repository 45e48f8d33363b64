import { createServer } from 'node:http';
import { Readable } from 'node:stream';

export type SseMessage = { event: string; id: string | null; data: unknown };

/** Serves a stream over real HTTP: a new one for each call, made by `open`. */
export async function serveStreams(open: (lastId: string | null, signal: AbortSignal) => ReadableStream) {
  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const lastId = request.headers['last-event-id'];
    Readable.fromWeb(open(typeof lastId === 'string' ? lastId : null, gone.signal) as never)
      .on('error', () => response.destroy())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A reader that keeps all it was sent, and the last id, as a browser does. */
export async function follow(url: string, lastId: string | null = null) {
  const stop = new AbortController();
  const response = await fetch(url, {
    headers: lastId === null ? {} : { 'last-event-id': lastId },
    signal: stop.signal,
  });
  const messages: SseMessage[] = [];
  const reader = { messages, lastId, ended: false, stop: () => stop.abort() };
  void (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
    reader.ended = true;
  })().catch(() => {
    reader.ended = true;
  });

  function take(block: string): void {
    const fields = new Map(
      block
        .split('\n')
        .filter((line) => !line.startsWith(':'))
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const id = fields.get('id') ?? null;
    if (id !== null) reader.lastId = id;
    const data = fields.get('data');
    if (data !== undefined)
      messages.push({ event: fields.get('event') ?? 'message', id, data: JSON.parse(data) });
  }
  return reader;
}
