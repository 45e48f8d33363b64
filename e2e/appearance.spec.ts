import { expect, test } from '@playwright/test';
import { answer, askButton, hydrated, signInAs, writeDemoQuestion } from './support/console.ts';
import { collectFaults, expectAccessible } from './support/page-checks.ts';

// Colours are judged at rest: a fading one has no contrast of its own.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a question is accessible and keeps to the content policy, from its draft to its request', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await expectAccessible(page);
  await signInAs(page, 'clinician');
  await writeDemoQuestion(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: /^ρ/ }).click();
  await expect(page.getByText(/Costs in rho add up exactly/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await askButton(page).click();
  await expect(answer(page)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText('In the log').first()).toBeVisible();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('lists and accounts are accessible and keep to the content policy', async ({ page }) => {
  const faults = collectFaults(page);
  await signInAs(page, 'dpo');
  for (const path of ['/requests', '/budgets']) {
    await page.goto(path);
    await expectAccessible(page);
  }
  const account = page.locator('section').getByRole('link').first();
  await hydrated(account);
  await account.click();
  await expect(page.getByRole('dialog').getByText('Left', { exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('link', { name: 'Open page' }).click();
  await expect(page.getByText('Ledger entries').first()).toBeVisible();
  await expectAccessible(page);
  expect(faults).toEqual([]);
  await page.goto('/nothing-is-here');
  await expectAccessible(page);
});

test('the theme is chosen, applied at once and remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signInAs(page, 'clinician');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(background).not.toBe(light);
  await page.reload();
  await expect.poll(background).not.toBe(light);
});

test('a phone has the navigation in a drawer and no sideways scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInAs(page, 'clinician');
  for (const path of ['/ask', '/requests', '/budgets']) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  await page.getByRole('button', { name: 'Open navigation' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Requests' }).click();
  await expect(page).toHaveURL(/\/requests$/);
  await expectAccessible(page);
});
