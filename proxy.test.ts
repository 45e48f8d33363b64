import { randomUUID } from 'node:crypto';
import { NextRequest } from 'next/server';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { REQUEST_ID_HEADER } from '#lib/request-context';
import { cookieNames } from './app/_server/cookie-names.ts';
import { proxy } from './proxy.ts';

const ORIGIN = 'http://localhost:3000';
const [OWN, OTHER] = [randomUUID(), randomUUID()];

beforeAll(() => {
  const env = {
    DATABASE_URL: 'postgres://nowhere.invalid/none',
    NEXTAUTH_URL: ORIGIN,
    NEXTAUTH_SECRET: 'a secret of the test that is long enough',
    FDLR_ROUTER_URL: 'http://localhost:3001',
    FDLR_CONSOLE_TOKEN_KEY_FILE: 'none.pem',
    FDLR_COOKIE_PREFIX: 'test',
    FDLR_INVITATION_KEY_FILE: 'none.key',
    FDLR_CONSOLE_KEY_FILE: 'none.key',
    FDLR_LOCAL_NODES: JSON.stringify([
      { organisationId: OWN, hospital: 'Harbour', url: 'http://127.0.0.1:3010/v1' },
      { organisationId: OTHER, hospital: 'Hillside', url: 'https://node.hillside.example/v1' },
    ]),
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const ask = (path: string) => proxy(new NextRequest(`${ORIGIN}${path}`));

it.each(['/requests/%E0%A4%A', '/budgets/%E0%A4%A', '/%', '/join/%FF', '/requests/%00'])(
  'there is nothing at %s',
  async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(reply.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  },
);

it('says so in the form of the API where the path is of the API', async () => {
  const reply = await ask('/api/console/requests/%E0%A4%A/cancel');
  expect(reply.status).toBe(404);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  const reference = reply.headers.get(REQUEST_ID_HEADER);
  expect(await reply.json()).toMatchObject({ code: 'not_found', reference });
});

it.each(['/requests/%C3%A9', '/budgets/100%25'])(
  'sends a stranger at %s to sign in, as anywhere',
  async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(307);
    expect(new URL(reply.headers.get('location')!).pathname).toBe('/sign-in');
  },
);

async function connectSrc(path: string, token: Record<string, unknown> | null) {
  const secret = 'a secret of the test that is long enough';
  const cookie = token ? `${cookieNames().session}=${await encode({ token, secret })}` : '';
  const reply = await proxy(new NextRequest(`${ORIGIN}${path}`, { headers: { cookie } }));
  return /connect-src ([^;]*)/.exec(reply.headers.get('content-security-policy') ?? '')?.[1];
}

it("a page of an organisation may ask that organisation's own node, and no other's; public pages may ask none", async () => {
  const sid = randomUUID();
  expect(await connectSrc('/ask', { sid, org: OWN })).toBe("'self' http://127.0.0.1:3010/v1/");
  // The policy is that of the first page opened: from any of them a click leads to Ask.
  expect(await connectSrc('/overview', { sid, org: OTHER })).toBe("'self' https://node.hillside.example/v1/");
  expect(await connectSrc('/overview', { sid })).toBe("'self'");
  expect(await connectSrc('/overview', { sid, org: randomUUID() })).toBe("'self'");
  expect(await connectSrc('/sign-in', { sid, org: OWN })).toBe("'self'");
  expect(await connectSrc('/sign-in', null)).toBe("'self'");
});
