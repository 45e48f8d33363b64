import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type APIResponse, expect, test } from '@playwright/test';
import { ROLES, type Role } from '../lib/actor.ts';
import type { ConsoleRoute } from '../lib/console-api/definition.ts';
import { OPENAPI } from '../lib/console-api/openapi.ts';
import { CONSOLE_ROUTES } from '../lib/console-api/routes.ts';
import { CONSOLE_PAGES, type ConsolePage, mayOpen } from '../lib/identity/console-pages.ts';
import { MATRIX, mayEver } from '../lib/identity/permissions.ts';
import { idOf } from '../prisma/seed/scenario-ids.ts';
import { harbourChange, harbourIncrease } from './support/budget-decisions.ts';
import { signInAs } from './support/console.ts';
import { type HarbourIds, harbourIds } from './support/foreign.ts';

const PAGES = Object.keys(CONSOLE_PAGES) as ConsolePage[];
const REASON = 'To see what is answered';
const PLACE = {
  role: 'auditor',
  departmentId: idOf('department', 'harbour/General medicine'),
  hospitalId: null,
};

/** A body each changing route would take, so that what refuses it is never its form. */
const BODIES: Record<string, unknown> = {
  '/api/console/invitations/{id}/resend': {},
  '/api/console/invitations/{id}/withdraw': {},
  '/api/console/members/{id}/place': { from: PLACE, to: PLACE, reason: REASON },
  '/api/console/members/{id}/active': { active: false, reason: REASON },
  '/api/console/keys/{id}/revoke': { reason: REASON },
  '/api/console/members/{id}/second-factor': { reason: REASON },
  '/api/console/changes/{id}/approve': { reason: REASON },
  '/api/console/changes/{id}/reject': { reason: REASON },
  '/api/console/changes/{id}/withdraw': {},
  '/api/console/nodes/{id}/invite/renew': { expiresInHours: 1, reason: REASON },
  '/api/console/nodes/{id}/invite/withdraw': { reason: REASON },
  '/api/console/nodes/{id}/words': { words: 'one two three four five six' },
  '/api/console/nodes/{id}/admission': { reason: REASON },
  '/api/console/nodes/{id}/drain': { reason: REASON },
  '/api/console/nodes/{id}/suspend': { reason: REASON },
  '/api/console/nodes/{id}/revoke': { reason: REASON },
  '/api/console/nodes/{id}/rekey': { reason: REASON },
  '/api/console/admissions/{id}/approve': { reason: REASON },
  '/api/console/admissions/{id}/reject': { reason: REASON },
  '/api/console/admissions/{id}/withdraw': {},
  '/api/console/increases/{id}/decline': { answer: REASON },
  '/api/console/increases/{id}/withdraw': {},
  '/api/console/settings/hospitals/{id}/purposes': { purpose: 'research', answers: false, reason: REASON },
};

const withIds = (path: string, idFor: (word: string) => string) =>
  path.replace(/(\w+)\/\{(\w+)\}/g, (_, word, name) =>
    name === 'leafHash' ? `${word}/${'0'.repeat(64)}` : `${word}/${idFor(word)}`,
  );

function send(caller: APIRequestContext, route: ConsoleRoute, path: string, data: unknown) {
  // As the console's own page would: everything but the person is right.
  const headers = { 'sec-fetch-site': 'same-origin' };
  return caller.fetch(path, {
    method: route.method,
    headers,
    ...(route.body ? { data } : {}),
    maxRedirects: 0,
  });
}

async function codeOf(response: APIResponse): Promise<string> {
  const body = (await response.json().catch(() => ({}))) as { code?: string };
  return `${response.status()} ${body.code ?? ''}`;
}

/** The stream stays open and signing out ends the session: both ask for no permission. */
const NAMED = CONSOLE_ROUTES.filter((route) => route.action !== null);

for (const role of ROLES) {
  test(`${role}: the API lets through what the matrix grants, and nothing else`, async ({ page }) => {
    await signInAs(page, role, 'harbour.example');
    for (const route of NAMED) {
      // An id that is nobody's and an empty body: a role that may is told so (404, 400), one that may not is not.
      const asksForMore = route.path.includes('{') || route.query?.safeParse({}).success === false;
      const isWhole = route.method === 'GET' && !asksForMore;
      const path = withIds(route.path, () => '00000000-0000-4000-8000-000000000000');
      const code = await codeOf(await send(page.request, route, path, {}));
      const may = mayEver({ role }, route.action!);
      if (may) expect(code, `${route.method} ${path}`).toMatch(isWhole ? /^200 / : /^40[04] /);
      else expect(code, `${route.method} ${path}`).toBe('403 forbidden');
    }
    expect(await codeOf(await send(page.request, OPENAPI, OPENAPI.path, {}))).toBe('200 ');
  });
}

test('a data subject, who has no account, is let in nowhere', async ({ request }) => {
  expect(MATRIX.data_subject).toEqual({});
  for (const route of CONSOLE_ROUTES.filter((candidate) => !candidate.signedOut)) {
    const path = withIds(route.path, () => '00000000-0000-4000-8000-000000000000');
    expect(await codeOf(await send(request, route, path, {})), path).toBe('401 unauthenticated');
  }
  for (const page of [...PAGES, 'mailbox', 'design', 'api-docs', 'glossary']) {
    const response = await request.get(`/${page}`, { maxRedirects: 0 });
    expect(response.headers().location, page).toMatch(/\/sign-in\?next=/);
  }
});

test.describe('two organisations', () => {
  let ids: HarbourIds;

  test.beforeAll(async ({ browser }) => {
    const [dpo, admin] = await Promise.all([browser.newPage(), browser.newPage()]);
    await signInAs(dpo, 'dpo', 'harbour.example');
    await signInAs(admin, 'admin', 'harbour.example');
    ids = {
      ...(await harbourIds(dpo.request, admin.request)),
      changes: await harbourChange(browser),
      increases: await harbourIncrease(browser),
    };
    ids.decisions = ids.changes!;
    // Only a node process can bring a node so far that its admission waits: the verbs' own test has a real one.
    ids.admissions = randomUUID();
    await Promise.all([dpo.close(), admin.close()]);
  });

  const harbours = (word: string) => {
    const id = ids[word];
    // A route with a new kind of id is not tested until somebody says whose it is.
    if (!id) throw new Error(`no id of Harbour's is known for /${word}/`);
    return id;
  };

  for (const role of ['admin', 'dpo', 'clinician'] as Role[]) {
    test(`to Northfield's ${role}, what is Harbour's is not there`, async ({ page }) => {
      await signInAs(page, role, 'northfield.example');
      // The audit log is public: its rows are nobody's.
      const ofSomebody = ({ path }: ConsoleRoute) => path.includes('{') && !path.includes('/audit/');
      for (const route of NAMED.filter((each) => ofSomebody(each) && mayEver({ role }, each.action!))) {
        const path = withIds(route.path, harbours);
        if (route.body) expect(BODIES, 'a body for this route').toHaveProperty([route.path]);
        const code = await codeOf(await send(page.request, route, path, BODIES[route.path]));
        expect(code, `${route.method} ${path}`).toBe('404 not_found');
      }
      for (const name of ['requests', 'budgets', 'nodes', 'decisions'] as const) {
        const response = await page.request.get(`/${name}/${harbours(name)}`, { maxRedirects: 0 });
        if (mayOpen({ role }, name)) expect(response.status(), name).toBe(404);
        else expect(response.status(), name).not.toBe(200);
      }
    });
  }

  test('and to its own people it is', async ({ page }) => {
    await signInAs(page, 'dpo', 'harbour.example');
    for (const name of ['requests', 'budgets', 'nodes', 'decisions'] as const)
      expect((await page.request.get(`/${name}/${harbours(name)}`)).status(), name).toBe(200);
  });
});
