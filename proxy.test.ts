import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { REQUEST_ID_HEADER } from '#lib/request-context';
import { proxy } from './proxy.ts';

const ORIGIN = 'http://localhost:3000';

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
