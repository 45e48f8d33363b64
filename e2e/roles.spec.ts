import { expect, type Page, test } from '@playwright/test';
import { ROLES, type Role } from '../lib/actor.ts';
import { CONSOLE_PAGES, type ConsolePage, mayOpen } from '../lib/identity/console-pages.ts';
import { signInAs } from './support/console.ts';

const PAGES = Object.keys(CONSOLE_PAGES) as ConsolePage[];

/** Everything that fails while a page is open: requests, scripts, and what the content policy blocks. */
function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()} ${error.message}`));
  return faults;
}

/** Administrators and data-protection officers open the same pages, and other tests here open theirs. */
const VIEWERS = ['auditor', 'clinician', 'node_operator'] as const satisfies Role[];

test('what an auditor opens is what every overseer opens', () => {
  const pagesOf = (role: Role) => PAGES.filter((name) => mayOpen({ role }, name));
  for (const role of ROLES.filter((one) => !['clinician', 'node_operator'].includes(one)))
    expect(pagesOf(role), role).toEqual(pagesOf('auditor'));
});

for (const role of VIEWERS) {
  const allowed = PAGES.filter((name) => mayOpen({ role }, name));
  const refused = PAGES.filter((name) => !allowed.includes(name));

  test(`${role} opens every page of the role without a failed call, and no other`, async ({ page }) => {
    await signInAs(page, role, 'harbour.example');
    const faults = collectFaults(page);
    for (const name of allowed) {
      await page.goto(`/${name}`);
      await expect(page).toHaveURL(new RegExp(`/${name}`));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('#main [aria-busy="true"]')).toHaveCount(0);
      // What a page asks for after it is drawn.
      await page.waitForLoadState('load');
    }
    expect(faults).toEqual([]);
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    const shown = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(PAGES.filter((name) => shown.includes(`/${name}`)).toSorted()).toEqual(allowed.toSorted());
    for (const name of refused) {
      await page.goto(`/${name}`);
      await expect(page, name).toHaveURL(/\/no-access$/);
    }
  });
}
