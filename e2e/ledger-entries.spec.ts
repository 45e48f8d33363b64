import { expect, type Page, test } from '@playwright/test';
import { askDemoQuestion, hydrated, signInAs } from './support/console.ts';
import { collectFaults, expectAccessible } from './support/page-checks.ts';

/** Asks a question and opens the organisation's budget, as a data-protection officer: the cohort may be of others. */
async function openChargedBudget(page: Page): Promise<void> {
  await signInAs(page, 'clinician', '@harbour.example');
  const request = await askDemoQuestion(page);
  await page.context().clearCookies();
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto(request);
  const charges = page.getByRole('table', { name: 'Charges' });
  await charges.getByRole('row').filter({ hasText: 'Organisation' }).getByRole('link').first().click();
  await expect(page.getByRole('table', { name: 'Ledger entries' })).toBeVisible();
}

test('an entry of the ledger is opened down to its receipts and its proof', async ({ page }) => {
  const faults = collectFaults(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await openChargedBudget(page);
  const table = page.getByRole('table', { name: 'Ledger entries' });
  await expect(table.getByRole('columnheader', { name: 'Spent after' })).toBeVisible();

  const filter = page.getByRole('button', { name: 'Entry', exact: true });
  await hydrated(filter);
  await filter.click();
  await page.getByRole('menuitemcheckbox', { name: 'Settled' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/kind=settle/);
  await expect(table.getByRole('cell', { name: 'Reserved', exact: true })).toHaveCount(0);

  // By keys: the row's time is its button.
  const first = table.getByRole('row').nth(1).getByRole('button').first();
  const panel = page.getByRole('dialog', { name: 'Settled, Vote' });
  // The rows are being replaced by the filtered ones: a press on one that leaves is lost.
  await expect(async () => {
    await first.press('Enter');
    await expect(panel).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expect(panel.getByText('Verified').first()).toBeVisible();
  await expect(panel.getByText('In the log, checked here')).toBeVisible();
  await panel.getByText('Verified').first().click();
  await expect(panel.getByText(/Signed (alone|together)/).first()).toBeVisible();
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(panel.getByText('In the log, checked here')).toBeVisible();
  await expectAccessible(page, { dark: false });
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  // As cards, nothing of the table stands beside the screen.
  const overflow = () =>
    table.evaluate((element) => element.getBoundingClientRect().right - window.innerWidth);
  await expect.poll(overflow).toBeLessThanOrEqual(0);
  expect(faults).toEqual([]);
});

test('a filter that keeps nothing says so, and a strange entry is not there', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/budgets');
  const datasets = page.getByRole('table', { name: 'Datasets' });
  const path = (await datasets.getByRole('link').first().getAttribute('href'))!;
  await page.goto(`${path}?kind=adjust`);
  const clear = page.getByRole('button', { name: 'Clear all' }).first();
  await hydrated(clear);
  await clear.click();
  await expect(page.getByRole('table', { name: 'Ledger entries' })).toBeVisible();
  await page.goto(`${path}?peek=00000000-0000-4000-8000-000000000000`);
  await expect(page.getByText('This entry is not in this budget')).toBeVisible();
});
