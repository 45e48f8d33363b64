import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { httpSource } from './http-source.ts';

let server: Server;
afterEach(() => server?.close());

test('heads that lead back to where they began are refused, not read for ever', async () => {
  server = createServer((_request, response) => {
    response.end(JSON.stringify({ checkpoints: ['x'], next: '7' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(httpSource(`http://127.0.0.1:${port}`).checkpoints()).rejects.toThrow(/would never end/);
});
