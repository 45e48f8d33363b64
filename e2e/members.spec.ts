import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { fillSignIn, hydrated, signInAfresh } from './support/console.ts';

const PASSWORD = 'seven quiet harbours at dawn';

test('somebody is invited, joins, and is gone the moment they are disabled', async ({ browser }) => {
  const name = `Invited ${randomUUID().slice(0, 8)}`;
  const email = `${randomUUID()}@harbour.example`;
  const admin = await (await browser.newContext()).newPage();
  await signInAfresh(admin, 'admin');
  await admin.goto('/members');
  const invite = admin.getByRole('button', { name: 'Invite', exact: true });
  await hydrated(invite);
  await invite.click();
  const form = admin.getByRole('dialog', { name: 'Invite somebody' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('E-mail address').fill(email);
  await form.getByLabel('Department').click();
  await admin.getByRole('option', { name: 'Emergency' }).click();
  await form.getByRole('button', { name: 'Send invitation' }).click();
  const invited = admin.getByRole('row', { name: new RegExp(name) });
  await expect(invited.getByText('Waiting')).toBeVisible();

  // The mail is sent by a job.
  const link = admin.locator('section', { hasText: email }).getByRole('link', { name: /\/join\// });
  await expect
    .poll(async () => {
      await admin.goto('/mailbox');
      return link.count();
    })
    .toBe(1);
  const path = new URL((await link.getAttribute('href'))!).pathname;

  const person = await (await browser.newContext()).newPage();
  await person.goto(path);
  const password = person.getByLabel('New password', { exact: true });
  await hydrated(password);
  await password.fill(email);
  await person.getByRole('button', { name: 'Create account' }).click();
  await expect(person.getByText('It is little more than your name or address.')).toBeVisible();
  await password.fill(PASSWORD);
  await person.getByLabel('New password, once more').fill(PASSWORD);
  await person.getByRole('button', { name: 'Create account' }).click();
  await expect(person).toHaveURL(/\/ask$/);
  await person.goto(path);
  await expect(person.getByRole('heading', { name: 'This invitation was taken up' })).toBeVisible();

  await admin.goto(`/members?q=${encodeURIComponent(name)}`);
  const opener = admin.getByRole('button', { name, exact: true });
  await hydrated(opener);
  await opener.click();
  const panel = admin.getByRole('dialog', { name });
  await panel.getByRole('button', { name: 'Disable' }).click();
  const decision = admin.getByRole('dialog', { name: `Disable ${name}?` });
  await expect(decision.getByText('Ends 1 session and revokes no key')).toBeVisible();
  await decision.getByLabel('Reason').fill('The end of a browser test');
  await decision.getByRole('button', { name: 'Disable member' }).click();
  await expect(panel.getByText('Disabled', { exact: true })).toBeVisible();

  await person.goto('/ask');
  await expect(person).toHaveURL(/\/sign-in\?next=%2Fask$/);
  await fillSignIn(person, email, PASSWORD);
  await expect(person.getByText('The e-mail address or the password is not right.')).toBeVisible();
});
