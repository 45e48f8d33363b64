import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { addApp } from './support/authenticator.ts';
import { answer, askButton, hydrated, writeDemoQuestion } from './support/console.ts';
import { demoConfig, type Hospital, newHospital, type Said, typed } from './support/hospital.ts';
import { newMember } from './support/new-member.ts';
import { expectAccessible } from './support/page-checks.ts';

/** The demo's hospitals whose answers may go where the asking clinician is. */
const PEERS = ['harbour', 'lakeside', 'northfield', 'southgate'];
/** From the moment at which an administrator's revocation was written. */
const REFUSED_WITHIN_MS = 2_000;
const A_WHILE = { timeout: 120_000 };

const step = (page: Page, name: string) => page.getByTestId(`step-${name}`);
const said = (lines: Said, what: RegExp) => lines.find(({ line }) => what.test(line));
const heard = (lines: Said, what: RegExp) =>
  expect.poll(() => said(lines, what) !== undefined, A_WHILE).toBe(true);

test('a hospital comes in by an invite, answers its first question, and is revoked', async ({ browser }) => {
  // Four people who join, two apps and a node's own start, on a machine that does other things too.
  test.setTimeout(600_000);
  const site = `Riverside ${randomUUID().slice(0, 8)}`;
  const admin = await newMember(browser, 'admin');
  const dpo = await newMember(browser, 'dpo');
  const clinician = await newMember(browser, 'clinician');
  const hospital = await newHospital();
  try {
    const node = await comesIn(admin.page, dpo.page, hospital, site);
    const nodePath = new URL(admin.page.url()).pathname;
    await isPinned(nodePath.split('/').at(-1)!, hospital);
    await answers(dpo.page, clinician.page, site);
    await isRevoked(admin.page, nodePath, site, node);
  } finally {
    await hospital.close();
  }
});

/** From the invite to the admission. Returns what the node's process says from then on. */
async function comesIn(admin: Page, dpo: Page, hospital: Hospital, site: string): Promise<Said> {
  await addApp(admin);
  await addApp(dpo);
  const command = await test.step('an administrator invites', () => invites(admin, site));
  const init = await test.step('the hospital types the command and reads six words', async () => {
    const lines = hospital.begin(...command.replace(/^npx fdlr /, '').split(' '), '--records', 'records');
    await heard(lines, /^\s+([a-z]+ ){5}[a-z]+\s*$/);
    return lines;
  });
  await test.step('the administrator hears the same words and certifies', async () => {
    const read = said(init, /^\s+([a-z]+ ){5}[a-z]+\s*$/)!
      .line.trim()
      .split(' ');
    const words = admin.getByTestId('six-words').getByRole('button');
    await expect(words).toHaveCount(6, A_WHILE);
    const certify = admin.getByRole('button', { name: 'The words are the same: certify' });
    await expect(certify).toBeDisabled();
    await hydrated(words.first());
    for (const [index, word] of read.entries())
      await admin.getByRole('button', { name: new RegExp(`^${index + 1}\\s*${word}$`) }).click();
    await expectAccessible(admin);
    await certify.click();
    await expect(step(admin, 'certificate')).toHaveAttribute('data-state', 'done', A_WHILE);
    await heard(init, /The certificate is here/);
  });
  const node = await test.step('the node looks at its way, and runs', async () => {
    await hospital.type('node', 'preflight', '--config', hospital.config).catch(() => '');
    await expect(step(admin, 'preflight').getByRole('listitem')).toHaveCount(7, A_WHILE);
    const lines = hospital.begin('node', 'run', '--config', hospital.config);
    await expect(step(admin, 'connect')).toHaveAttribute('data-state', 'done', A_WHILE);
    return lines;
  });
  await test.step('one person proposes', async () => {
    const propose = admin.getByRole('button', { name: 'Propose admission' });
    await hydrated(propose);
    await propose.click();
    const dialog = admin.getByRole('dialog', { name: `Propose that ${site} takes part?` });
    await expect(dialog.getByTestId('meaning')).toContainText('200 patients');
    await expect(dialog.getByTestId('meaning')).toContainText('ε 10.0');
    await dialog.getByLabel('Reason').fill('The contract is signed');
    await dialog.getByRole('button', { name: 'Propose', exact: true }).click();
    await expect(admin.getByText('It waits for a data-protection officer', { exact: true })).toBeVisible();
  });
  await test.step('another one admits it', async () => {
    await dpo.goto('/overview');
    const waiting = `The admission of ${site} waits for your decision`;
    await expect(dpo.getByRole('link', { name: waiting })).toBeVisible();
    await dpo.goto('/decisions');
    await dpo.getByRole('link', { name: new RegExp(`Admit ${site}`) }).click();
    const approve = dpo.getByRole('button', { name: 'Approve' });
    await hydrated(approve);
    await approve.click();
    const dialog = dpo.getByRole('dialog', { name: `Admit ${site}?` });
    await dialog.getByLabel('Reason').fill('The assessment is done');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await expect(dpo.getByRole('heading', { name: 'What it takes to be asked' })).toBeVisible();
    await expect(admin.getByRole('heading', { name: 'What it takes to be asked' })).toBeVisible(A_WHILE);
  });
  return node;
}

/** Fills the form, returns what the hospital is to type, and goes on to the checklist. */
async function invites(page: Page, site: string): Promise<string> {
  await page.goto('/nodes');
  await page.getByRole('link', { name: 'Invite a hospital' }).click();
  await page.waitForURL('**/nodes/new');
  const submit = page.getByRole('button', { name: 'Make the invite' });
  await hydrated(submit);
  await submit.click();
  await expect(page.getByText(/things need your attention/)).toBeVisible();
  // Two fields of one row begin at one height, whatever hint or fault either has.
  const top = async (label: string) => (await page.locator('label', { hasText: label }).boundingBox())?.y;
  expect(await top('Patients')).toBe(await top('Shards'));
  await expectAccessible(page);
  await page.getByRole('radio', { name: 'A new one' }).click();
  await page.getByLabel('Hospital', { exact: true }).fill(`${site} Hospital`);
  await page.getByRole('combobox', { name: 'Region' }).click();
  await page.getByRole('option', { name: /us-east-1/ }).click();
  for (const region of ['us-east-1', 'eu-west-1', 'ap-southeast-1'])
    await page.getByRole('checkbox', { name: region }).click();
  await page.getByLabel('Name of the node').fill(site);
  await page.getByLabel('Jurisdiction').fill('Virginia');
  await page.getByLabel('Patients').fill('200');
  await page.getByLabel('Compute', { exact: true }).fill('2xCPU');
  await page.getByLabel('Compliance level').fill('HIPAA');
  await submit.click();
  await expect(page.getByText('The code is shown this once')).toBeVisible();
  await expectAccessible(page);
  const command = await page.getByText(/^npx fdlr node init/).innerText();
  await page.getByRole('link', { name: 'Follow its way in' }).click();
  await page.waitForURL(/\/nodes\/[0-9a-f-]{36}$/);
  await expect(step(page, 'enrol')).toHaveAttribute('data-state', 'now');
  // It was shown once.
  await expect(page.getByText(command.split(' ').at(command.split(' ').indexOf('--code') + 1)!)).toHaveCount(
    0,
  );
  return command;
}

/** At each hospital people decide whom they answer together with: the router has no say. */
async function isPinned(nodeId: string, hospital: Hospital): Promise<void> {
  await test.step('the hospitals pin each other', async () => {
    for (const key of PEERS) {
      await expect(() =>
        typed(hospital.folder, ['node', 'peers', 'add', nodeId, '--yes', '--config', demoConfig(key)]),
      ).toPass(A_WHILE);
    }
    await hospital.type('node', 'peers', 'add', '--all', '--yes', '--config', hospital.config);
  });
}

/** A clinician's question is answered by a cohort with the new node in it. */
async function answers(dpo: Page, clinician: Page, site: string): Promise<void> {
  await test.step('a data-protection officer lets it answer for care', async () => {
    await dpo.goto('/settings');
    const panel = dpo.locator('section', { hasText: `${site} Hospital` }).last();
    const begin = panel.getByRole('button', { name: 'Answer for Clinical decision support?' });
    await hydrated(begin);
    await begin.click();
    const dialog = dpo.getByRole('dialog', { name: 'Answer for Clinical decision support?' });
    await dialog.getByLabel('Reason').fill('Agreed with the hospital');
    await dialog.getByRole('button', { name: 'Answer for it' }).click();
    await expect(dialog).toBeHidden();
  });
  await test.step('its first answer', async () => {
    // Key agreement among those who have just pinned each other takes a moment; what is asked before is others' answer.
    await expect(async () => {
      await writeDemoQuestion(clinician);
      await askButton(clinician).click();
      await expect(answer(clinician)).toBeVisible();
      const path = await clinician.getByRole('link', { name: 'Open the request' }).getAttribute('href');
      await dpo.goto(path!);
      await expect(dpo.getByText(site).first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 180_000 });
  });
}

/** The page says so, and the node's own process finds that it is refused, both counted from the click. */
async function isRevoked(admin: Page, nodePath: string, site: string, node: Said): Promise<void> {
  await test.step('an administrator revokes it, and it is refused at once', async () => {
    await admin.goto(nodePath);
    const revoke = admin.getByRole('button', { name: 'Revoke', exact: true });
    await hydrated(revoke);
    await revoke.click();
    const dialog = admin.getByRole('dialog', { name: `Revoke ${site} for good?` });
    await dialog.getByLabel('Reason').fill('The end of the test');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect(dialog.getByText('This is not the name. Nothing was done.')).toBeVisible();
    await dialog.getByLabel(`Type ${site} to confirm`).fill(site);
    const answered = admin.waitForResponse((response) => response.url().endsWith('/revoke'));
    const clickedAtMs = Date.now();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    expect((await answered).status()).toBe(200);
    await expect(admin.getByText('This node is revoked for good')).toBeVisible();
    const ofRevocation = () => node.find(({ atMs, line }) => atMs >= clickedAtMs && /revoked/.test(line));
    await expect.poll(() => ofRevocation() !== undefined).toBe(true);
    expect(ofRevocation()!.atMs - clickedAtMs).toBeLessThan(REFUSED_WITHIN_MS);
    // And it stays out: the next time that it dials, nobody takes its certificate.
    await expect
      .poll(() => node.some(({ atMs, line }) => atMs > ofRevocation()!.atMs && /401/.test(line)), A_WHILE)
      .toBe(true);
    await expect(admin.getByText('Revoked', { exact: true }).first()).toBeVisible();
  });
}
