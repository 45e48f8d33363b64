import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import type { Role } from '../../lib/actor.ts';
import { idOf } from '../../prisma/seed/scenario-ids.ts';
import { fillSignIn, signInAs } from './console.ts';

export const PASSWORD = 'seven quiet harbours at dawn';
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

export type NewMember = { page: Page; name: string; email: string };

/** Somebody of Harbour's whom only the calling test knows: invited, joined, signed in. */
export async function newMember(browser: Browser, role: Role): Promise<NewMember> {
  const admin = await (await browser.newContext()).newPage();
  await signInAs(admin, 'admin', 'admin@harbour.example');
  const unique = randomUUID();
  const email = `${unique}@harbour.example`;
  const name = `Test ${role.replace('_', ' ')} ${unique.slice(0, 8)}`;
  const departmentId = idOf('department', 'harbour/Research');
  const invited = await admin.request.post('/api/console/invitations', {
    headers: SAME_ORIGIN,
    data: { name, email, role, departmentId, hospitalId: null },
  });
  expect(invited.status()).toBe(200);
  // The mail is sent by a job.
  const link = admin.locator('section', { hasText: email }).getByRole('link', { name: /\/join\// });
  await expect
    .poll(async () => {
      await admin.goto('/mailbox');
      return link.count();
    })
    .toBe(1);
  const token = (await link.getAttribute('href'))!.split('/').at(-1);
  const page = await (await browser.newContext()).newPage();
  const joined = await page.request.post('/api/console/join', {
    headers: SAME_ORIGIN,
    data: { token, password: PASSWORD },
  });
  expect(joined.status()).toBe(200);
  await page.goto('/sign-in');
  await fillSignIn(page, email, PASSWORD);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await admin.context().close();
  return { page, name, email };
}
