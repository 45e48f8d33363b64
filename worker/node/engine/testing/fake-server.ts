import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a fake does wrong, to be changed between requests. */
export type Faults = {
  /** Other prompts at the same time change a score a little. */
  jitter?: boolean;
  /** Scores beyond the likeliest few are left out. */
  cutOff?: boolean;
  /** Logits are given where log-probabilities are asked for. */
  logits?: boolean;
  /** Raw text in place of a reply. */
  says?: string;
  status?: number;
  delayMs?: number;
};
export type Asked = { path: string; body: Record<string, unknown>; authorization: string | undefined };
export type Reply = (asked: Asked, faults: Faults & { beside: number }) => unknown;
export type FakeServer = { url: string; asked: Asked[]; faults: Faults; close: () => Promise<void> };

/** For tests: a JSON server on a free port that notes what it is asked. `beside` counts other requests at work. */
export async function startFakeServer(reply: Reply): Promise<FakeServer> {
  const fake = { asked: [] as Asked[], faults: {} as Faults };
  let atWork = 0;
  let together = 0;
  const server: Server = createServer(async (request, response) => {
    atWork += 1;
    together = Math.max(together, atWork);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const asked: Asked = {
      path: request.url ?? '',
      body: text ? JSON.parse(text) : {},
      authorization: request.headers.authorization,
    };
    fake.asked.push(asked);
    const { says, status = 200, delayMs = 0 } = fake.faults;
    // A turn of the loop at least, so that requests that come together are seen together.
    await sleep(Math.max(1, delayMs));
    const json = says ?? JSON.stringify(reply(asked, { ...fake.faults, beside: together - 1 }) ?? null);
    atWork -= 1;
    if (atWork === 0) together = 0;
    response.writeHead(json === 'null' ? 404 : status, { 'content-type': 'application/json' }).end(json);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

/** What the others in its batch do to a score, where they do. */
export const jitterOf = ({ jitter, beside }: Faults & { beside: number }) =>
  jitter && beside > 0 ? 1e-6 * beside : 0;
