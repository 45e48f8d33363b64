import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { hydrated, signInAs } from './support/console.ts';
import { collectFaults, expectAccessible } from './support/page-checks.ts';

const table = (page: Page) => page.getByRole('table', { name: 'Table, by the page from the server' });
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
const small = (page: Page) => page.getByRole('table', { name: 'Table, all rows in the browser' });

async function openDesign(page: Page, search = ''): Promise<void> {
  await signInAs(page, 'dpo');
  await page.goto(`/design${search}`);
  await hydrated(page.getByLabel('Search samples').first());
}

// The page holds every component there is: it takes its time on a machine that does other things too.

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('every component is accessible and keeps to the content policy', async ({ page }) => {
  const faults = collectFaults(page);
  await openDesign(page);
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Table' }).first().click();
  await page.getByRole('button', { name: 'Send the sample' }).click();
  await expect(page.getByText('3 things need your attention')).toBeVisible();
  await expectAccessible(page, { within: 'form' });

  await page.getByRole('button', { name: 'Raise the sample cap' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Raise the sample cap' }).click();
  await expect(page.getByText('Give a reason of at least 10 characters.')).toBeVisible();
  await expectAccessible(page, { within: '[role="dialog"]' });
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Message with undo' }).click();
  await expect(page.getByText('The sample was saved')).toBeVisible();
  await page.getByRole('button', { name: /Time range/ }).click();
  await expect(page.getByRole('dialog', { name: 'Time range' })).toBeVisible();
  await expectAccessible(page, { within: '[role="dialog"]' });
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a page or setting').fill('gloss');
  await expectAccessible(page, { within: '[role="dialog"]' });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Glossary' })).toBeVisible();
  expect(faults).toEqual([]);
});

test('the table keeps order, search, filters and page in its address', async ({ page }) => {
  await openDesign(page);
  await expect(rows(page)).toHaveCount(10);
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(rows(page).first()).toContainText('Sample 50');
  await page.reload();
  await expect(rows(page).first()).toContainText('Sample 50');
  await hydrated(page.getByLabel('Search samples').first());

  await table(page).getByRole('button', { name: 'Records', exact: true }).click();
  await expect(page).toHaveURL(/sort=-records/);
  await expect(page).not.toHaveURL(/after=/);
  await expect(table(page).getByRole('columnheader', { name: 'Records' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );

  await page.getByRole('button', { name: 'State', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Slow' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/state=slow/);
  await expect(rows(page).first()).toContainText('Slow');
  await page.getByLabel('Search samples').first().fill('sample 02');
  await expect(page).toHaveURL(/q=sample\+02/);
  await expect(rows(page)).toHaveCount(1);

  await page.getByLabel('Search samples').first().fill('nothing is called so');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).first().click();
  await expect(rows(page)).toHaveCount(10);
});

test('a column is left out and a link brings the same view back', async ({ page }) => {
  await openDesign(page);
  await page.getByRole('button', { name: 'View', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Region' }).click();
  await page.keyboard.press('Escape');
  await expect(table(page).getByRole('columnheader', { name: 'Region' })).toHaveCount(0);
  await expect(page).toHaveURL(/hidden=region/);
  await page.goto(page.url());
  await expect(table(page).getByRole('columnheader', { name: 'Region' })).toHaveCount(0);
});

test('a row opens beside the table, by keys too, and the next row follows', async ({ page }) => {
  await openDesign(page);
  await rows(page)
    .nth(1)
    .click({ position: { x: 400, y: 10 } });
  const panel = page.getByRole('dialog', { name: 'Sample 59' });
  await expect(panel.getByText('NL')).toBeVisible();
  await expect(page).toHaveURL(/peek=sample-59/);
  await panel.getByRole('button', { name: 'Next row' }).click();
  await expect(page.getByRole('dialog', { name: 'Sample 58' }).getByText('FR')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).not.toHaveURL(/peek=/);

  await table(page).getByRole('button', { name: 'Sample 60' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Sample 60' })).toBeVisible();
});

test('all rows of what is filtered are exported, not the page alone', async ({ page }) => {
  await openDesign(page, '?state=away&sort=name');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[0]).toBe('name,state,region,records,added_at');
  expect(lines).toHaveLength(1 + 20);
  expect(lines.slice(1).every((line) => line.includes(',away,'))).toBe(true);
});

test('a small table is ordered and searched in the browser alone', async ({ page }) => {
  await openDesign(page);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/design') asked.push(request.url());
  });
  await small(page).getByRole('button', { name: 'Records', exact: true }).click();
  await expect(small(page).getByRole('row').nth(1)).toContainText('Sample 02');
  await page.getByLabel('Search samples').nth(1).fill('04');
  await expect(small(page).getByRole('row')).toHaveCount(2);
  expect(asked).toEqual([]);
});

test('the time range is chosen in the top bar, in the zone of the viewer', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    timezoneId: 'Pacific/Auckland',
    ...(baseURL ? { baseURL } : {}),
  });
  const page = await context.newPage();
  await openDesign(page);
  const button = page.getByRole('button', { name: /Time range/ });
  await expect(button).toContainText('Last 30 days');
  await button.click();
  await expect(page.getByText('Times are in Pacific/Auckland')).toBeVisible();
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await expect(button).toContainText('Last 7 days');
  await expect(page).toHaveURL(/range=7d/);
  await button.click();
  await page.getByLabel('From', { exact: true }).fill('2026-03-05');
  await page.getByLabel('To, this day included').fill('2026-03-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('The first day must not be after the last.')).toBeVisible();
  await page.getByLabel('To, this day included').fill('2026-03-09');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(button).toContainText('Mar 5');
  await context.close();
});

test('with a phone the tables are cards and nothing scrolls sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openDesign(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await table(page).getByRole('button', { name: 'Sample 60' }).click();
  const panel = page.getByRole('dialog', { name: 'Sample 60' });
  await expect(panel).toHaveCSS('width', '390px');
  await expectAccessible(page);
});

test('forced colours keep what is chosen visible', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openDesign(page);
  await expect(page.locator('.recharts-surface').first()).toBeVisible();
  // The colours are the system's then, whatever the scheme.
  await expectAccessible(page, { dark: false });
});
