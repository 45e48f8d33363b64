import { expect, it, vi } from 'vitest';
import { ENTRY_EXPORT, REQUEST_EXPORT } from '#lib/console-api/exports';
import { readRoute } from './console-route.ts';

vi.mock('server-only', () => ({}));
// Nobody is signed in: who is let past the check of the site is told to sign in.
vi.mock('./actor.ts', () => ({ getActor: async () => null }));

async function statusOf(definition: typeof REQUEST_EXPORT | typeof ENTRY_EXPORT, site: string | null) {
  const handler = readRoute(definition, () => Promise.resolve(new Response()));
  const headers: Record<string, string> = site === null ? {} : { 'sec-fetch-site': site };
  const request = new Request('http://localhost:3000/api/console/requests/export', { headers });
  return (await handler(request, { params: Promise.resolve({}) })).status;
}

it.each([
  ['cross-site', 403],
  ['same-site', 403],
  ['same-origin', 401],
  ['none', 401],
  [null, 401],
])('a download that leaves a leaf, asked for from %s, is answered %i', async (site, status) => {
  expect(await statusOf(REQUEST_EXPORT, site)).toBe(status);
  expect(await statusOf(ENTRY_EXPORT, site)).toBe(status);
});
