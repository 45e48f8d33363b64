import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { hydrated, signInAs } from './support/console.ts';
import { expectAccessible } from './support/page-checks.ts';

const head = (page: Page) => page.getByTestId('log-head');
const table = (page: Page) => page.getByRole('table', { name: 'Entries of the audit log' });
const verifyButton = (page: Page) => page.getByRole('button', { name: 'Verify all rows shown' });
const VERIFIED = /was verified in this browser/;

/** Rewrites what the console's API says about the log on its way to the browser. */
async function tamper(page: Page, path: string, change: (json: Record<string, unknown>) => object) {
  await page.route(`**/api/console/audit/${path}*`, async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, json: change(await response.json()) });
  });
}

test('the head is verified, continues what was seen, and every row in view is proved', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/audit');
  await expect(head(page)).toContainText(VERIFIED);
  await expect(head(page).getByText('Verified in this browser', { exact: true })).toBeVisible();
  await expect(head(page)).toContainText('first head this browser has met');

  await hydrated(verifyButton(page));
  await verifyButton(page).click();
  await expect(page.getByText('25 of 25 rows are in the log, checked in this browser')).toBeVisible();
  await expect(table(page).getByText('In the log')).toHaveCount(25);

  await page.reload();
  await expect(head(page)).toContainText(/it continues the head of [\d,]+ entries/);
});

test('rows are narrowed, opened, proved up to the root and taken along', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/audit?type=ledger.settle');
  const first = table(page).getByRole('link').first();
  await expect(first).toHaveText(/^(Charged|Settled)/);
  await hydrated(first);
  await first.click();
  const peek = page.getByRole('dialog');
  await expect(peek.getByText('ledger.settle')).toBeVisible();
  await peek.getByRole('link', { name: 'Open page' }).click();
  await expect(page).toHaveURL(/\/audit\/\d+$/);
  const index = page.url().split('/').at(-1)!;
  await expect(page.getByText("The entry's text hashes to this leaf.")).toBeVisible();
  await expect(page.getByText('In the log', { exact: true })).toBeVisible();
  await expect(page.getByText('From the leaf to the root')).toBeVisible();

  const proof = await page.request.get(`/api/console/audit/rows/${index}/proof`);
  expect(await proof.text()).toMatch(new RegExp(`^c2sp.org/tlog-proof@v1\\nextra \\S+\\nindex ${index}\\n`));

  await page.goto('/audit?type=account.open');
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take entries along' });
  const said = Number((await dialog.getByText(/match(es)? the filters/).innerText()).match(/[\d,]+/)![0]);
  const download = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download Entries (NDJSON)' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(said);
  for (const line of lines) expect(JSON.parse(JSON.parse(line).entry).type).toBe('account.open');
});

test('a row that was tampered with, and a proof that was, do not hold', async ({ page }) => {
  await signInAs(page, 'auditor', '@harbour.example');
  await tamper(page, 'proofs', (json) => ({
    proofs: (json.proofs as { index: string; path: string[] }[]).map(({ index, path }, at) => ({
      index,
      path: at === 0 ? path.toReversed() : path,
    })),
  }));
  await page.goto('/audit');
  await expect(head(page)).toContainText(VERIFIED);
  await hydrated(verifyButton(page));
  await verifyButton(page).click();
  await expect(page.getByText('24 of 25 rows are in the log')).toBeVisible();
  await expect(table(page).getByText('Does not hold')).toHaveCount(1);
});

test('a server that rewrites its past is found out, and nothing is called verified', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await page.goto('/audit');
  await expect(head(page)).toContainText(VERIFIED);
  // What a browser that saw another history has kept.
  const rewrite = (change: string) =>
    page.evaluate((kind) => {
      const name = Object.keys(localStorage).find((key) => key.startsWith('fdlr-log-head '))!;
      const kept = JSON.parse(localStorage.getItem(name)!);
      const past =
        kind === 'fork' ? { rootHash: '00'.repeat(32) } : { size: String(Number(kept.size) + 1000) };
      localStorage.setItem(name, JSON.stringify({ ...kept, ...past }));
    }, change);

  await rewrite('fork');
  await page.reload();
  await expect(page.getByText('Two histories')).toBeVisible();
  await expect(page.getByText(VERIFIED)).toHaveCount(0);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download both heads' }).click();
  const evidence = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(evidence.faults).toEqual(['fork']);
  expect(evidence.kept.checkpoint).not.toBe('');
  await hydrated(verifyButton(page));
  await verifyButton(page).click();
  await expect(page.getByText('The rows could not be verified')).toBeVisible();

  await page.getByRole('button', { name: 'Start anew from this head' }).click();
  await page.getByRole('button', { name: 'Forget it and start anew' }).click();
  await expect(head(page)).toContainText(VERIFIED);

  await rewrite('rollback');
  await page.reload();
  await expect(page.getByText('The log is shorter than it was')).toBeVisible();
  await expect(page.getByText(VERIFIED)).toHaveCount(0);
});

test('a head with a false signature is not believed', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  await tamper(page, 'head', (json) => ({
    ...json,
    checkpoint: String(json.checkpoint).replace(/^(.*)\n\d+\n/, '$1\n7\n'),
  }));
  await page.goto('/audit');
  await expect(page.getByText('The head is not signed by the log’s key')).toBeVisible();
  await expect(page.getByText(VERIFIED)).toHaveCount(0);
});

test("others' entries are shown without names, and to nobody who does not oversee", async ({ browser }) => {
  const officer = await browser.newPage();
  await signInAs(officer, 'dpo', '@northfield.example');
  await officer.goto('/audit?scope=federation&type=session.opened');
  await expect(officer.locator('#main').getByText('without anybody’s name')).toBeVisible();
  const exported = '/api/console/audit/export/csv?scope=federation';
  expect((await officer.request.get(exported)).status()).toBe(200);
  const clinician = await browser.newPage();
  await signInAs(clinician, 'clinician', '@harbour.example');
  expect((await clinician.goto('/audit/0'))?.status()).toBe(404);
  for (const path of ['head', 'proofs?size=1&indexes=0', 'rows/0/proof', 'export/csv'])
    expect((await clinician.request.get(`/api/console/audit/${path}`)).status(), path).toBe(403);
  await officer.close();
  await clinician.close();
});

test('the audit log is accessible and fits a phone', async ({ page }) => {
  await signInAs(page, 'dpo', '@harbour.example');
  for (const path of ['/audit', '/audit/0']) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(path);
    await expect(page.locator('#main [aria-busy="true"]')).toHaveCount(0);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(overflow, path).toBeLessThanOrEqual(0);
  }
});
