import { randomUUID } from 'node:crypto';
import { type APIResponse, expect, type Page, test } from '@playwright/test';
import { signInAs } from './support/console.ts';
import { demoQuestion } from './support/demo-question.ts';
import { expectAccessible } from './support/page-checks.ts';

const ID = /^[0-9a-f-]{36}$/;

function expectGuarded(response: Pick<APIResponse, 'headers'>): void {
  const headers = response.headers();
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(headers['x-request-id']).toMatch(ID);
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  // Beside itself a page may reach the listeners of its reader's own hospitals, which the demo has on this machine.
  const others = policy.replace(/(connect-src 'self')( http:\/\/127\.0\.0\.1:\d+\/v1\/)+(?=;)/, '$1');
  expect(others).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
}

test('every reply is guarded: pages, the API, what is not there, what is refused', async ({
  page,
  request,
}) => {
  for (const path of ['/sign-in', '/requests', '/api/console/models', '/api/auth/csrf'])
    expectGuarded(await request.get(path, { maxRedirects: 0 }));
  await signInAs(page, 'clinician');
  for (const path of ['/ask', '/requests/not-an-id', '/nowhere', '/api/console/models', '/api/elsewhere'])
    expectGuarded(await page.request.get(path));
});

test('no inline script: each of them carries the nonce of its own reply', async ({ page }) => {
  await signInAs(page, 'clinician');
  const nonces = new Set<string>();
  for (const path of ['/ask', '/requests', '/api-docs', '/nowhere']) {
    const response = await page.request.get(path);
    const nonce = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
    const scripts = [...(await response.text()).matchAll(/<script\b([^>]*)>/g)].map(([, rest]) => rest ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);
    nonces.add(nonce!);
  }
  expect(nonces.size).toBe(4);
});

test('the API refuses in one form, and names the request as its headers do', async ({ page }) => {
  await signInAs(page, 'clinician');
  const cases: [string, () => Promise<APIResponse>, number, string][] = [
    ['unknown path', () => page.request.get('/api/console/nowhere'), 404, 'not_found'],
    ['unknown API', () => page.request.get('/api/nowhere'), 404, 'not_found'],
    ['wrong method', () => page.request.get('/api/console/ask'), 405, 'method_not_allowed'],
    ['impossible id', () => page.request.get('/api/console/requests/7/proof/x'), 404, 'not_found'],
    ['bad cursor', () => page.request.get('/api/console/live?after=x'), 400, 'invalid_query'],
    [
      'from elsewhere',
      () => page.request.post('/api/console/quote', { data: {} }),
      403,
      'cross_site_request',
    ],
    [
      'no body',
      () => page.request.post('/api/console/quote', { headers: { 'sec-fetch-site': 'same-origin' } }),
      400,
      'invalid_body',
    ],
  ];
  for (const [name, call, status, code] of cases) {
    const response = await call();
    const problem = await response.json();
    expect(problem, name).toMatchObject({ type: 'about:blank', status, code });
    expect(response.status(), name).toBe(status);
    expect(response.headers()['content-type'], name).toBe('application/problem+json');
    expect(response.headers()['x-request-id'], name).toBe(problem.reference);
    if (status === 405) expect(response.headers().allow).toBe('POST');
  }
});

test('a caller cannot choose the id of a request', async ({ page }) => {
  await signInAs(page, 'clinician');
  const mine = randomUUID();
  const response = await page.request.get('/api/console/models', { headers: { 'x-request-id': mine } });
  expect(response.headers()['x-request-id']).toMatch(ID);
  expect(response.headers()['x-request-id']).not.toBe(mine);
});

test('guessing is told how long to wait, whatever address it claims to come from', async ({ request }) => {
  const email = `${randomUUID()}@example.org`;
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const guess = (n: number) =>
    request.post('/api/auth/callback/credentials', {
      form: { csrfToken, email, password: 'a guess', json: 'true' },
      headers: { 'x-forwarded-for': `192.0.2.${n}`, 'x-fdlr-peer': `192.0.2.${n}` },
    });
  for (let n = 0; n < 5; n++) expect((await guess(n)).status()).toBe(401);
  const limited = await guess(9);
  expect(limited.status()).toBe(429);
  expect(Number(limited.headers()['retry-after'])).toBeGreaterThan(0);
});

/** Follows the stream in the page, as the console does, and keeps what it says. */
async function follow(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((ready) => {
        const heard: string[] = [];
        Object.assign(window, { heard });
        const source = new EventSource('/api/console/live');
        source.addEventListener('change', ({ data }) => heard.push(String(data)));
        source.addEventListener('ready', () => ready());
      }),
  );
}
const heard = (page: Page) =>
  page.evaluate(
    () => (window as unknown as { heard: string[] }).heard.filter((text) => /request/.test(text)).length,
  );

test('a question asked by one is heard of at once by those who may see it, and by nobody else', async ({
  page,
  browser,
}) => {
  const overseer = await (await browser.newContext()).newPage();
  const foreigner = await (await browser.newContext()).newPage();
  await signInAs(overseer, 'dpo', 'harbour.example');
  await signInAs(foreigner, 'dpo', 'northfield.example');
  // Whose balance no test that runs beside this one reads.
  await signInAs(page, 'clinician', 'clinician2@harbour.example');
  await Promise.all([overseer, foreigner].map(follow));
  const asked = await page.request.post('/api/console/ask', {
    headers: { 'sec-fetch-site': 'same-origin', 'idempotency-key': randomUUID() },
    data: {
      route: 'federated',
      mechanism: 'vote',
      model: 'demo-medllama',
      prompt: demoQuestion.prompt,
      purpose: 'clinical-decision-support',
      labels: demoQuestion.labels,
      epsilon: 0.1,
    },
  });
  expect(asked.status()).toBe(200);
  await expect.poll(() => heard(overseer)).toBeGreaterThan(0);
  expect(await heard(foreigner)).toBe(0);
  await Promise.all([overseer, foreigner].map((one) => one.context().close()));
});

test('both documents can be read, by keyboard too, and open to code to take along', async ({ page }) => {
  // The longest pages of the console.
  await signInAs(page, 'dpo', 'harbour.example');
  await page.goto('/api-docs');
  const ask = page.locator('#createChatCompletion');
  await ask.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(ask.getByText("'Idempotency-Key': crypto.randomUUID()")).toBeVisible();
  await expect(ask.getByText('response_format', { exact: true })).toBeVisible();
  await page.locator('#postAsk summary').click();
  await expect(page.locator('#postAsk').getByText('idempotency-key', { exact: true })).toBeVisible();
  await expectAccessible(page);
  const document = await (await page.request.get('/api/console/openapi.json')).json();
  expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Console API' } });
});
