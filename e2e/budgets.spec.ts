import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { askDemoQuestion, hydrated, signInAs } from './support/console.ts';

test('the tree of budgets is searched, closed and looked into', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/budgets');
  const search = page.getByRole('searchbox', { name: 'Find a budget' });
  await hydrated(search);
  const quotas = page.getByRole('table', { name: 'Organisation, departments and people' });
  await expect(quotas.getByRole('link', { name: 'Emergency', exact: true })).toBeVisible();

  const organisation = quotas.getByRole('button', { name: /budgets below/ }).first();
  await organisation.click();
  await expect(organisation).toHaveAttribute('aria-expanded', 'false');
  await expect(quotas.getByRole('link', { name: 'Emergency', exact: true })).toHaveCount(0);

  await search.fill('emergency');
  await expect(page).toHaveURL(/q=emergency/);
  await expect(quotas.getByRole('link', { name: 'Emergency', exact: true })).toBeVisible();
  await quotas.getByRole('link', { name: 'Emergency', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Emergency', exact: true });
  await expect(panel.getByText(/500 futures/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await search.fill('no such budget');
  await page.getByRole('button', { name: 'Show all budgets' }).click();
  await expect(page.getByRole('table', { name: 'Datasets' })).toBeVisible();
});

test('another cap is thought through without being saved', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/budgets');
  const datasets = page.getByRole('table', { name: 'Datasets' });
  await page.goto((await datasets.getByRole('link').first().getAttribute('href'))!);
  await expect(page.getByText(/Spent since \d{4}/)).toBeVisible();
  const cap = page.getByLabel('Cap (ε)', { exact: true });
  await hydrated(cap);
  await cap.fill('0.01');
  await expect(page.getByText(/would sway all answers together/)).toContainText('ε 0.0100');
  await cap.fill('-1');
  await expect(page.getByText(/Give a number above 0/)).toBeVisible();
  await expect(page.getByText('Nothing is saved here.', { exact: false })).toBeVisible();
});

test('how tightly budgets are charged is computed beside them', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/budgets');
  await expect(page.getByTestId('overall-efficiency')).toContainText(
    /reveal at most .+% of what was charged/,
  );
  const datasets = page.getByRole('table', { name: 'Datasets' });
  await page.goto((await datasets.getByRole('link').first().getAttribute('href'))!);
  await expect(page.getByText(/is proved to reveal at most/)).toBeVisible();
  await expect(page.getByText('Attained by the worst neighbours')).toBeVisible();
});

test('requests are taken along by those who may, and only by them', async ({ browser }) => {
  const clinician = await browser.newPage();
  await signInAs(clinician, 'clinician', '@harbour.example');
  const id = (await askDemoQuestion(clinician)).split('/').at(-1)!;

  const officer = await browser.newPage();
  await signInAs(officer, 'dpo', '@harbour.example');
  await officer.goto(`/requests?q=${id.slice(0, 8)}`);
  const [download] = await Promise.all([
    officer.waitForEvent('download'),
    officer.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const file = await readFile(await download.path(), 'utf8');
  expect(file.split('\r\n')[0]).toMatch(/^id,asked_at,/);
  expect(file).toContain(id);

  const admin = await browser.newPage();
  await signInAs(admin, 'admin', '@harbour.example');
  await admin.goto('/requests');
  await expect(admin.getByRole('table', { name: 'Requests' })).toBeVisible();
  await expect(admin.getByRole('link', { name: 'Export CSV' })).toHaveCount(0);
  expect((await admin.request.get('/api/console/requests/export')).status()).toBe(403);

  const stranger = await browser.newPage();
  await signInAs(stranger, 'dpo', '@northfield.example');
  const theirs = await stranger.request.get(`/api/console/requests/export?q=${id}`);
  expect(await theirs.text()).not.toContain(id);
  for (const page of [clinician, officer, admin, stranger]) await page.close();
});
