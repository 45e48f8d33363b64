import { expect, type Page, test } from '@playwright/test';
import { signInAs } from './support/console.ts';
import { collectFaults, expectAccessible } from './support/page-checks.ts';

/** The pages that no other test looks at in both themes, by somebody who may open them. */
const PAGES = {
  admin: ['/members', '/settings', '/mailbox', '/glossary', '/api-docs'],
  clinician: ['/keys', '/decisions', '/settings', '/no-access'],
} as const;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('#main [aria-busy="true"]')).toHaveCount(0);
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [role, paths] of Object.entries(PAGES)) {
  test(`the pages of a ${role} are accessible and fit a phone`, async ({ page }) => {
    await signInAs(page, role, `${role}@harbour.example`);
    const faults = collectFaults(page);
    for (const path of paths) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await open(page, path);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(overflow, path).toBeLessThanOrEqual(0);
    }
    expect(faults).toEqual([]);
  });
}

test('so is an invitation that is not there', async ({ page }) => {
  await page.goto('/join/not-a-token-that-was-ever-given-out');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
});
