import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { askButton, fillSignIn, questionsLeft, signInAs, writeDemoQuestion } from './support/console.ts';
import { loginOf } from './support/demo.ts';
import { demoQuestion } from './support/demo-question.ts';

test('a clinician asks, sees what it cost, and finds the request again', async ({ page }) => {
  await signInAs(page, 'clinician');
  await expect(page).toHaveURL(/\/ask$/);
  const before = await questionsLeft(page);

  await writeDemoQuestion(page);
  await expect(page.getByText(/the right label wins with probability/)).toBeVisible();
  await expect(page.getByText(/Its privacy is outside this guarantee/)).toBeVisible();
  await expect(page.getByText(/sees each hospital's own vote counts/)).toBeVisible();
  await askButton(page).click();

  const answer = page.getByTestId('answer');
  await expect(answer).toBeVisible({ timeout: 40_000 });
  expect(demoQuestion.labels).toContain(await answer.innerText());
  const statement = page.getByTestId('statement');
  for (const part of ['ε 0.100', 'δ 1e-5', 'ρ 0.000433', 'Vote', 'Exact', /\d hospitals, \d+ shards/]) {
    await expect(statement.getByText(part).first()).toBeVisible();
  }

  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText('Answered, and charged ρ 0.000433 to every account it touched.')).toBeVisible();
  await expect(page.getByText('Ask the hospitals')).toBeVisible();
  await expect(page.getByText('In the log').first()).toBeVisible({ timeout: 20_000 });
  const requestUrl = new URL(page.url()).pathname;

  await page.goto('/requests');
  await page.getByRole('table', { name: 'Requests' }).getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`${requestUrl}$`));

  expect(await questionsLeft(page)).toBe(before - 1);
});

test('a double click asks once', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  await askButton(page).dblclick();
  await expect(page.getByTestId('answer')).toBeVisible({ timeout: 40_000 });
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('an answer that was lost on its way is fetched again without a second charge', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  // The router answers, the browser never hears of it.
  await page.route(
    '**/api/console/ask',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await askButton(page).click();
  await expect(page.getByText('Whether it was charged is not known.')).toBeVisible({ timeout: 40_000 });
  await askButton(page).click();
  await expect(page.getByTestId('answer')).toBeVisible({ timeout: 40_000 });
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
  await page.getByRole('radio', { name: 'Public' }).click();
  await page.getByLabel('Question', { exact: true }).fill('What is a fever?');
  await askButton(page).click();
  await expect(page.getByText(/tiny demonstration model/)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('No private record was touched, so nothing was charged.')).toBeVisible();
  expect(await questionsLeft(page)).toBe(before);
});

test('a wrong password signs nobody in', async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, `${randomUUID()}@example.org`, 'not the password');
  await expect(page.getByText('The e-mail address or the password is not right.')).toBeVisible();
  await page.goto('/requests');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Frequests$/);
  expect((await page.request.get('/api/console/models')).status()).toBe(401);
});

test('signing in leads back to where one was going, and never off the site', async ({ page }) => {
  const { email, password } = loginOf('clinician');
  await page.goto('/requests?state=failed');
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/requests\?state=failed$/);
  await page.goto('/sign-in?next=//example.org/');
  await expect(page).toHaveURL(/\/ask$/);
});

test('signing out ends the session itself, not only its cookie', async ({ page }) => {
  await signInAs(page, 'clinician');
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.context().addCookies(cookies);
  await page.goto('/budgets');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbudgets$/);
});

test('a data-protection officer sees the organisation; a clinician only what is theirs', async ({
  browser,
}) => {
  const officer = await browser.newPage();
  await signInAs(officer, 'dpo');
  await expect(officer).toHaveURL(/\/budgets$/);
  await expect(officer.getByRole('link', { name: 'Ask', exact: true })).toHaveCount(0);
  await expect(officer.getByText(/Guaranteed at most/).first()).toBeVisible();
  const datasets = officer.locator('section', { has: officer.getByRole('heading', { name: 'Datasets' }) });
  const dataset = await datasets.getByRole('link').first().getAttribute('href');
  await officer.goto(dataset!);
  await expect(officer.getByText('Spent over time')).toBeVisible();

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

test('a request is not there for another organisation', async ({ browser }) => {
  const officer = await browser.newPage();
  await signInAs(officer, 'dpo', '@harbour.example');
  await officer.goto('/requests');
  const link = officer.getByRole('table', { name: 'Requests' }).getByRole('link').first();
  const request = await link.getAttribute('href');
  expect((await officer.goto(request!))?.status()).toBe(200);

  const stranger = await browser.newPage();
  await signInAs(stranger, 'dpo', '@northfield.example');
  expect((await stranger.goto(request!))?.status()).toBe(404);
  const proof = await stranger.request.get(`/api/console${request}/proof/${'0'.repeat(64)}`);
  expect(proof.status()).toBe(404);
  await officer.close();
  await stranger.close();
});

test('another site cannot ask in a clinician’s name', async ({ page }) => {
  await signInAs(page, 'clinician');
  const forged = await page.request.post('/api/console/ask', {
    headers: { origin: 'https://example.org', 'idempotency-key': randomUUID() },
    data: { route: 'public', model: 'demo-medllama', prompt: 'hello', purpose: 'clinical-decision-support' },
  });
  expect(forged.status()).toBe(403);
  expect(forged.headers()['content-type']).toContain('application/problem+json');
});
