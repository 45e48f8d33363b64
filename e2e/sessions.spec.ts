import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { addApp, appCode } from './support/authenticator.ts';
import { fillSignIn, signInAfresh } from './support/console.ts';
import { loginOf } from './support/demo.ts';
import { newMember, PASSWORD } from './support/new-member.ts';

test('a wrong password signs nobody in', async ({ page }) => {
  await page.goto('/sign-in');
  await fillSignIn(page, `${randomUUID()}@example.org`, 'not the password');
  await expect(page.getByText('The e-mail address or the password is not right.')).toBeVisible();
  await page.goto('/requests');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Frequests$/);
  expect((await page.request.get('/api/console/models')).status()).toBe(401);
});

test('before its script runs, the sign-in form sends nothing anywhere', async ({ browser }) => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill('someone@example.org');
  await page.getByLabel('Password').fill('a secret');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  await page.getByLabel('Password').press('Enter');
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByLabel('Password')).toHaveValue('a secret');
  await page.close();
});

test('signing in leads back to where one was going, and never off the site', async ({ page }) => {
  const { email, password } = loginOf('clinician');
  await page.goto('/requests?state=failed');
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/requests\?state=failed$/);
  for (const elsewhere of ['//example.org/', '/.//example.org/', '/x/..//example.org']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(elsewhere)}`);
    await expect(page).toHaveURL(/\/\/localhost:\d+\/ask$/);
  }
});

test('signing out ends the session itself, not only its cookie', async ({ page }) => {
  await signInAfresh(page, 'clinician');
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.context().addCookies(cookies);
  await page.goto('/budgets');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbudgets$/);
});

test('a sign-out that fails says so, and works when tried again', async ({ page }) => {
  await signInAfresh(page, 'clinician');
  // As the console answers when its database is away.
  await page.route(
    '**/api/console/sign-out',
    (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        json: { status: 500, code: 'internal_error', detail: 'The console failed.' },
      }),
    { times: 1 },
  );
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const told = page.getByRole('alertdialog', { name: 'You are still signed in' });
  await expect(told).toBeVisible();
  await told.getByRole('button', { name: 'Try again' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto('/budgets');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbudgets$/);
});

test('signing in again ends the session that this browser had', async ({ browser }) => {
  const context = await browser.newContext();
  const late = await context.newPage();
  await late.goto('/sign-in');
  await signInAfresh(await context.newPage(), 'clinician');
  const former = await context.cookies();
  const { email, password } = loginOf('clinician');
  await fillSignIn(late, email, password);
  await expect(late).toHaveURL(/\/ask$/);

  const thief = await browser.newContext();
  await thief.addCookies(former);
  const page = await thief.newPage();
  await page.goto('/budgets');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fbudgets$/);
  await thief.close();
  await context.close();
});

test('wrong codes hold back the right one too, wherever they were entered: the form says how long', async ({
  browser,
  page,
}) => {
  const member = await newMember(browser, 'dpo');
  const secret = await addApp(member.page);
  const prove = (code: string) =>
    member.page.request.post('/api/console/prove', {
      headers: { 'sec-fetch-site': 'same-origin' },
      data: { password: PASSWORD, code },
    });
  for (let i = 0; i < 5; i++) expect((await prove('not-a-code')).status()).toBe(401);

  await page.goto('/sign-in');
  await fillSignIn(page, member.email, PASSWORD);
  const code = page.getByLabel('Code');
  await code.fill(appCode(secret, 1));
  await code.press('Enter');
  await expect(page.getByText('Too many wrong codes')).toBeVisible();
  await expect(page.getByText(/Try again in \d+ seconds?\./)).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
  await member.page.context().close();
});
