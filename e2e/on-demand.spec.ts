import { expect, test } from '@playwright/test';
import { hydrated, signInAs } from './support/console.ts';
import { collectFaults } from './support/page-checks.ts';

// The library for menus, lists and terms comes when one is first wanted: the first press must be like every other.
test('the first press of a menu opens it, by mouse and by keyboard, and Escape gives the focus back', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'dpo');
  await page.goto('/requests');
  const view = page.getByRole('button', { name: 'View', exact: true });
  await hydrated(view);
  await view.press('ArrowDown');
  await expect(page.getByRole('menuitemradio', { name: 'When' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(view).toBeFocused();
  await page.getByRole('button', { name: 'State', exact: true }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Answered' })).toBeVisible();
  expect(faults).toEqual([]);
});

test('the first press of a list opens it, and a term explains itself to a resting pointer', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'clinician');
  await page.goto('/ask');
  const purpose = page.getByRole('combobox', { name: 'Purpose' });
  await hydrated(purpose);
  await purpose.click();
  await page.getByRole('option', { name: 'Research' }).click();
  await expect(purpose).toHaveText('Research');

  await page.goto('/budgets');
  const term = page.locator('main button.cursor-help').first();
  await hydrated(term);
  await term.hover();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(faults).toEqual([]);
});

test('another view is fetched when its link is pointed at or reached by key, and not before', async ({
  page,
}) => {
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (request.headers()['next-router-prefetch']) fetched.push(new URL(request.url()).pathname);
  });
  await signInAs(page, 'auditor');
  await page.goto('/requests');
  const link = (name: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true });
  await hydrated(link('Nodes'));
  await link('Nodes').hover();
  await expect.poll(() => fetched).toContain('/nodes');
  await link('Budgets').focus();
  await expect.poll(() => fetched).toContain('/budgets');
  expect([...new Set(fetched)].toSorted()).toEqual(['/budgets', '/nodes']);
});
