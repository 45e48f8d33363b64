import { expect, type Page, test } from '@playwright/test';
import { signInAs } from './support/console.ts';
import { expectAccessible } from './support/page-checks.ts';

const nodesTable = (page: Page) => page.getByRole('table', { name: 'Nodes' });

test('the overview says that the promise is kept, from checks it has made', async ({ page }) => {
  await signInAs(page, 'dpo');
  await page.goto('/overview');
  await expect(page.locator('#main').getByText('Kept: all 5 checks passed')).toBeVisible();
  await expect(page.getByText('Holds', { exact: true })).toHaveCount(5);
  await expect(page.getByRole('heading', { name: 'What needs you' })).toBeVisible();
});

test('a region on the map narrows the nodes, and only the own ones have a page', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/nodes');
  const rows = nodesTable(page).getByRole('row');
  await expect(rows).toHaveCount(5);
  await page.getByRole('button', { name: /Northern Virginia/ }).click();
  await expect(page).toHaveURL(/region=us-east-1/);
  await expect(rows).toHaveCount(3);
  await expect(nodesTable(page).getByRole('link')).toHaveCount(1);
  const own = await nodesTable(page).getByRole('link').getAttribute('href');
  await page.goto(own!);
  await expect(page.getByRole('heading', { name: 'Declared and measured' })).toBeVisible();
  await expect(page.getByText('Hybrid post-quantum key agreement (X25519MLKEM768)')).toBeVisible();
});

test("another organisation's node is not there", async ({ browser }) => {
  const here = await browser.newPage();
  await signInAs(here, 'dpo', '@harbour.example');
  await here.goto('/nodes');
  const own = await nodesTable(here).getByRole('link').first().getAttribute('href');
  const there = await browser.newPage();
  await signInAs(there, 'dpo', '@northfield.example');
  expect((await there.goto(own!))?.status()).toBe(404);
  await here.close();
  await there.close();
});

test('overview and nodes are accessible and fit a phone', async ({ page }) => {
  await signInAs(page, 'dpo');
  for (const path of ['/overview', '/nodes']) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow, path).toBeLessThanOrEqual(0);
  }
});
