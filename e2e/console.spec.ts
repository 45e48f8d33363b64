import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import {
  answer,
  askButton,
  askDemoQuestion,
  hydrated,
  promptField,
  questionsLeft,
  signInAs,
  writeDemoQuestion,
} from './support/console.ts';
import { demoQuestion } from './support/demo-question.ts';

test('a clinician asks, sees what it cost, and finds the request again', async ({ page }) => {
  await signInAs(page, 'clinician');
  await expect(page).toHaveURL(/\/ask$/);
  const before = await questionsLeft(page);

  await writeDemoQuestion(page);
  await expect(page.getByText(/the right label wins with probability/)).toBeVisible();
  await expect(page.getByText(/Its privacy is outside this guarantee/)).toBeVisible();
  await expect(page.getByText(/never sees one hospital's votes/)).toBeVisible();
  // How much is left in the hospitals' datasets is not this person's to see.
  await expect(page.getByText('Enough left').first()).toBeVisible();
  await askButton(page).click();

  await expect(answer(page)).toBeVisible();
  expect(demoQuestion.labels).toContain(await answer(page).innerText());
  const statement = page.getByTestId('statement');
  for (const part of [
    'ε 0.100',
    'δ 1e-5',
    'ρ 0.000433',
    'Vote',
    'Gaussian',
    'All or nothing',
    /\d hospitals, \d+ shards/,
  ]) {
    await expect(statement.getByText(part).first()).toBeVisible();
  }

  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText('Answered, and charged ρ 0.000433 to every account it touched.')).toBeVisible();
  await expect(page.getByText('Ask the hospitals')).toBeVisible();
  await expect(page.getByText('In the log, checked here').first()).toBeVisible();
  await expect(page.getByText('Clinical decision support')).toBeVisible();
  const requestUrl = new URL(page.url()).pathname;

  await page.goto('/requests');
  const newest = page.getByRole('table', { name: 'Requests' }).getByRole('link').first();
  await hydrated(newest);
  await newest.click();
  await page.getByRole('dialog').getByRole('link', { name: 'Open page' }).click();
  await expect(page).toHaveURL(new RegExp(`${requestUrl}$`));

  expect(await questionsLeft(page)).toBe(before - 1);
});

test('an epsilon that is too small to be useful cannot be asked, and says what would do', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  await writeDemoQuestion(page);
  await page.getByLabel('Epsilon of this question').fill('0.02');
  await expect(page.getByText(/Too uncertain: at least 80% is required/)).toBeVisible();
  await expect(askButton(page)).toBeDisabled();
  // It keeps the focus, and with it the reason.
  await askButton(page).focus();
  await expect(askButton(page)).toBeFocused();
  await expect(askButton(page)).toHaveAccessibleDescription(/too uncertain to be worth its cost/);
  await page.getByRole('button', { name: /^Use ε/ }).click();
  await expect(askButton(page)).toBeEnabled();
});

test('labels may not repeat', async ({ page }) => {
  await signInAs(page, 'clinician');
  await writeDemoQuestion(page);
  await page.getByLabel('Possible answers').fill('pneumonia');
  await page.getByLabel('Possible answers').press('Enter');
  await expect(page.getByText('This label is there already')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Labels of this question' }).getByRole('listitem')).toHaveCount(
    4,
  );
});

test('the public route charges nothing and says whose text it is', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await page.goto('/ask');
  await hydrated(promptField(page));
  await page.getByRole('radio', { name: 'Public' }).click();
  await promptField(page).fill('What is a fever?');
  await askButton(page).click();
  await expect(page.getByText(/tiny demonstration model/)).toBeVisible();
  await expect(page.getByText('No private record was touched, so nothing was charged.')).toBeVisible();
  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText('Answered without any private record. Nothing was charged.')).toBeVisible();
  expect(await questionsLeft(page)).toBe(before);
});

test('a data-protection officer sees the organisation; a clinician only what is theirs', async ({
  browser,
}) => {
  const officer = await browser.newPage();
  await signInAs(officer, 'dpo');
  await expect(officer).toHaveURL(/\/overview$/);
  await expect(officer.getByRole('link', { name: 'Ask', exact: true })).toHaveCount(0);
  await officer.goto('/budgets');
  await expect(officer.getByText(/Answers guaranteed within/).first()).toBeVisible();
  const datasets = officer.locator('section', { has: officer.getByRole('heading', { name: 'Datasets' }) });
  const dataset = await datasets.getByRole('link').first().getAttribute('href');
  await officer.goto(dataset!);
  await expect(officer.getByText('Spent over time')).toBeVisible();
  await expect(officer.getByText(/keeps it against the router's operator too/)).toBeVisible();
  const name = await officer.getByRole('heading', { level: 1 }).innerText();
  await expect(officer.getByRole('navigation', { name: 'Breadcrumbs' })).toContainText(name);

  const clinician = await browser.newPage();
  await signInAs(clinician, 'clinician');
  expect((await clinician.goto(dataset!))?.status()).toBe(404);
  expect((await clinician.goto(`/requests/${randomUUID()}`))?.status()).toBe(404);
  await expect(clinician.getByText('There is no such thing here')).toBeVisible();
  await clinician.goto('/budgets');
  await expect(clinician.getByRole('heading', { name: 'Organisation' })).toBeVisible();
  await expect(clinician.getByRole('heading', { name: 'Datasets' })).toHaveCount(0);
  await officer.close();
  await clinician.close();
});

test('a request and its proof are not there for another organisation', async ({ browser }) => {
  const clinician = await browser.newPage();
  await signInAs(clinician, 'clinician', '@harbour.example');
  const request = await askDemoQuestion(clinician);

  const officer = await browser.newPage();
  await signInAs(officer, 'dpo', '@harbour.example');
  expect((await officer.goto(request))?.status()).toBe(200);
  const audit = officer.locator('section', { has: officer.getByRole('heading', { name: 'Audit log' }) });
  const leafHash = await audit.locator('code[title]').first().getAttribute('title');
  expect(leafHash).toMatch(/^[0-9a-f]{64}$/);
  const proof = `/api/console${request}/proof/${leafHash}`;
  expect((await officer.request.get(proof)).status()).toBe(200);

  const stranger = await browser.newPage();
  await signInAs(stranger, 'dpo', '@northfield.example');
  expect((await stranger.goto(request))?.status()).toBe(404);
  expect((await stranger.request.get(proof)).status()).toBe(404);
  for (const page of [clinician, officer, stranger]) await page.close();
});

for (const told of ['sec-fetch-site', 'origin']) {
  test(`another site cannot ask in a clinician's name, as its ${told} tells`, async ({ page, baseURL }) => {
    await signInAs(page, 'clinician');
    const headers: Record<string, string> =
      told === 'origin'
        ? { origin: 'https://example.org' }
        : { origin: baseURL!, 'sec-fetch-site': 'cross-site' };
    const forged = await page.request.post('/api/console/ask', {
      headers: { ...headers, 'idempotency-key': randomUUID() },
      data: {
        route: 'public',
        model: 'demo-medllama',
        prompt: 'hello',
        purpose: 'clinical-decision-support',
      },
    });
    expect(forged.status()).toBe(403);
    expect(forged.headers()['content-type']).toContain('application/problem+json');
    expect(await forged.json()).toMatchObject({ code: 'cross_site_request' });
  });
}

test('a price that could not be looked up says that nothing was asked, and can be tried again', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  await page.goto('/ask');
  await hydrated(promptField(page));
  await page.route('**/api/console/quote', (route) => route.abort('connectionrefused'));
  await page.getByLabel('Possible answers').fill(demoQuestion.labels.join('; '));
  await page.getByLabel('Possible answers').press('Enter');
  await expect(page.getByText('The price is not known', { exact: true })).toBeVisible();
  await expect(page.getByText(/asked no hospital and charged nothing/)).toBeVisible();
  await page.unroute('**/api/console/quote');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/the right label wins with probability/)).toBeVisible();
});

test('a refusal goes when the question is edited, and names what the logs know it by', async ({ page }) => {
  await signInAs(page, 'clinician');
  await writeDemoQuestion(page);
  const reference = randomUUID();
  await page.route(
    '**/api/console/ask',
    (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        json: { status: 503, code: 'cohort_too_small', detail: 'Too few.', charged: false, reference },
      }),
    { times: 1 },
  );
  await askButton(page).click();
  await expect(page.getByText('Nothing was charged.')).toBeVisible();
  await expect(page.getByText(`Reference: ${reference}`)).toBeVisible();
  await promptField(page).fill('Another question');
  await expect(page.getByText(`Reference: ${reference}`)).toHaveCount(0);
});

test('a term of art is explained on a press of a key, and on a tap', async ({ browser }) => {
  for (const how of ['key', 'tap'] as const) {
    const page = await browser.newPage({ hasTouch: how === 'tap' });
    await signInAs(page, 'clinician');
    await writeDemoQuestion(page);
    const term = page.getByRole('button', { name: /^ρ/ });
    if (how === 'tap') await term.tap();
    else {
      await term.focus();
      await page.keyboard.press('Enter');
    }
    await expect(page.getByText(/Costs in rho add up exactly/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText(/Costs in rho add up exactly/)).toHaveCount(0);
    await page.close();
  }
});

test('a proof that was tampered with does not hold in the browser', async ({ page }) => {
  await signInAs(page, 'clinician');
  const request = await askDemoQuestion(page);
  await page.route('**/api/console/requests/*/proof/*', async (route) => {
    const response = await route.fetch();
    const proof = await response.json();
    if (proof.status === 'pending') return route.fulfill({ response });
    return route.fulfill({ response, json: { ...proof, entry: proof.entry.replace('rhoPico', 'rhoPica') } });
  });
  await page.goto(request);
  await expect(page.getByText('The proof does not hold').first()).toBeVisible();
  await expect(page.getByText('In the log, checked here')).toHaveCount(0);
});
