import { expect, test } from '@playwright/test';
import { addApp, appCode } from './support/authenticator.ts';
import { fillSignIn, hydrated } from './support/console.ts';
import { newMember, PASSWORD } from './support/new-member.ts';
import { expectAccessible } from './support/page-checks.ts';

test('a clinician asks for more, one person proposes it, and another one approves', async ({ browser }) => {
  const clinician = await newMember(browser, 'clinician');
  const dpo = await newMember(browser, 'dpo');
  const officer = await newMember(browser, 'compliance_officer');

  await test.step('the clinician asks', async () => {
    const { page } = clinician;
    await page.goto('/decisions');
    const ask = page.getByRole('button', { name: 'Ask for more budget' });
    await hydrated(ask);
    await ask.click();
    const dialog = page.getByRole('dialog', { name: 'Ask for more budget' });
    await dialog.getByLabel('Limit you ask for (ε)').fill('9');
    await dialog.getByLabel('What you need it for').fill('Two studies begin next month');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(dialog.getByText('This is no more than you have.')).toBeVisible();
    await dialog.getByLabel('Limit you ask for (ε)').fill('12');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(page.getByTestId('increase').getByText('Waits')).toBeVisible();
    await expectAccessible(page);
  });

  let decision = '';
  await test.step('the data-protection officer is led to a second factor and proposes', async () => {
    const { page } = dpo;
    await page.goto('/overview');
    await expect(page.getByRole('link', { name: `${clinician.name} asks for more budget` })).toBeVisible();
    const request = page.getByTestId('increase').filter({ hasText: clinician.name });
    const propose = request.getByRole('button', { name: 'Propose a change' });
    await page.goto('/decisions');
    await hydrated(propose);
    await propose.click();
    await page.getByRole('link', { name: 'Add an authenticator app' }).click();
    await addApp(page);

    await page.goto('/decisions');
    await hydrated(propose);
    await propose.click();
    const dialog = page.getByRole('dialog', { name: new RegExp(`^Propose a change: ${clinician.name}`) });
    const meaning = dialog.getByTestId('consequence');
    await expect(meaning).toContainText(/Raises the limit .* from ε 10\.0.* to ε 12\.0/);
    await expect(meaning).toContainText('A limit is a quota of this holder alone');
    await dialog.getByLabel('Cap (ε)').fill('11.5');
    await expect(meaning).toContainText('ε 11.5');
    await dialog.getByLabel('Reason').fill('Both studies are in the register');
    await dialog.getByRole('button', { name: 'Propose', exact: true }).click();
    const waiting = page.getByRole('link', { name: new RegExp(`Raise the cap of ${clinician.name}`) });
    await expect(waiting).toBeVisible();
    await waiting.click();
    await page.waitForURL(/\/decisions\/[0-9a-f-]{36}$/);
    decision = new URL(page.url()).pathname;
    await expect(page.getByText('It waits for a compliance officer', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    const refused = await page.request.post(`/api/console/changes/${decision.split('/').at(-1)}/approve`, {
      headers: { 'sec-fetch-site': 'same-origin' },
      data: { reason: 'I would like to' },
    });
    expect(refused.status()).toBe(403);
  });

  let secret = '';
  await test.step('a compliance officer sees the numbers and approves', async () => {
    const { page } = officer;
    secret = await addApp(page);
    await page.getByRole('link', { name: /waits? for you$/ }).click();
    await page.getByRole('link', { name: new RegExp(`Raise the cap of ${clinician.name}`) }).click();
    await page.waitForURL(`**${decision}`);
    await expect(page.getByText('Two studies begin next month')).toBeVisible();
    await expect(page.getByText('Both studies are in the register')).toBeVisible();
    await expectAccessible(page);
    const approve = page.getByRole('button', { name: 'Approve' });
    await hydrated(approve);
    await approve.click();
    const dialog = page.getByRole('dialog', { name: 'Approve this change?' });
    await expect(dialog.getByTestId('consequence')).toContainText(/from ε 10\.0.* to ε 11\.5/);
    await expect(dialog.getByTestId('consequence')).toContainText('Spent in all periods so far: ε 0');
    await dialog.getByLabel('Reason').fill('Within the policy of this year');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(page.getByText('Approved', { exact: true })).toBeVisible();
    await expect(approve).toHaveCount(0);
  });

  await test.step('the clinician sees what became of it, and has the budget', async () => {
    const { page } = clinician;
    await page.goto('/decisions');
    await expect(page.getByTestId('increase')).toContainText('Granted');
    await expect(page.getByTestId('increase')).toContainText('Within the policy of this year');
    await page.goto('/budgets');
    await expect(page.getByText(/ε 11\.5/).first()).toBeVisible();
  });

  await test.step('the officer signs in again, with a code', async () => {
    const { page, email } = officer;
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await fillSignIn(page, email, PASSWORD);
    const code = page.getByLabel('Code');
    await expect(code).toBeFocused();
    await expectAccessible(page);
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
    await code.fill('000000');
    await signIn.click();
    await expect(
      page.getByText('The code is not right, or it was used before.', { exact: false }),
    ).toBeVisible();
    // The code of this step confirmed the app, and works no more.
    await code.fill(appCode(secret, 1));
    await signIn.click();
    await expect(page).toHaveURL(/\/overview$/);
  });
});

test('a cap below what is spent is refused, and a proposal asks anew who it is, losing nothing', async ({
  browser,
}) => {
  const dpo = await newMember(browser, 'dpo');
  // Signed in with the password alone, before there is an app.
  const page = await (await browser.newContext()).newPage();
  await page.goto('/sign-in');
  await fillSignIn(page, dpo.email, PASSWORD);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  const secret = await addApp(dpo.page);

  await page.goto('/budgets');
  const quotas = page.getByRole('table', { name: 'Organisation, departments and people' });
  const oncology = quotas.getByRole('link', { name: 'Oncology', exact: true });
  await page.goto((await oncology.getAttribute('href'))!);
  const propose = page.getByRole('button', { name: 'Propose a change' });
  await hydrated(propose);
  await propose.click();
  const dialog = page.getByRole('dialog', { name: /^Propose a change: Oncology/ });
  const send = dialog.getByRole('button', { name: 'Propose', exact: true });
  await dialog.getByLabel('Cap (ε)').fill('0.1');
  await expect(dialog.getByText('More than this is spent or reserved already')).toBeVisible();
  await dialog.getByLabel('Reason').fill('It has spent enough this year');
  await expect(send).toBeDisabled();
  await expectAccessible(page);

  await dialog.getByLabel('Cap (ε)').fill('3');
  await send.click();
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expectAccessible(page);
  await proof.getByLabel('Your password').fill('a guess that is wrong');
  await proof.getByLabel('Code').fill(appCode(secret, 1));
  await proof.getByRole('button', { name: 'Confirm' }).click();
  await expect(proof.getByText('The password is not right.')).toBeVisible();
  await proof.getByLabel('Your password').fill(PASSWORD);
  await proof.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('A change to this budget waits for a decision')).toBeVisible();
  await page.getByRole('link', { name: 'Open the decision' }).click();
  await expect(page.getByText('It has spent enough this year')).toBeVisible();

  await page.getByRole('button', { name: 'Withdraw' }).click();
  const back = page.getByRole('dialog', { name: 'Withdraw this proposal?' });
  await back.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText('Withdrawn', { exact: true }).first()).toBeVisible();
});
