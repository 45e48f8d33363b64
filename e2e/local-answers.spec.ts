import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page, type Request, test } from '@playwright/test';
import { hydrated, promptField, signInAs } from './support/console.ts';
import { demo } from './support/demo.ts';
import { demoQuestion } from './support/demo-question.ts';
import { expectAccessible } from './support/page-checks.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.beforeEach(() => test.slow());

const PROMPT = `Zebrafish case: ${demoQuestion.prompt}`;
const SUBMIT = { name: 'Ask the node' };

/** What the node's operator does at the hospital; a hospital's folder stands for its machine. */
function makeKey(hospital: string): { key: string; url: string } {
  const hospitals = join(dirname(demo().loginsFile), 'hospitals');
  for (const name of readdirSync(hospitals)) {
    const file = join(hospitals, name, 'node.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as { name: string; local: { port: number } };
    if (config.name !== hospital) continue;
    const args = ['local-key', 'create', '--config', file, '--name', 'Browser test', '--expires', '1'];
    const made = execFileSync(process.execPath, ['worker/node/commands/main.ts', ...args], { stdio: 'pipe' });
    return { key: JSON.parse(String(made)).key, url: `http://127.0.0.1:${config.local.port}/v1` };
  }
  throw new Error(`no node of ${hospital}`);
}

async function openLocal(page: Page): Promise<string> {
  await signInAs(page, 'clinician');
  await page.goto('/ask');
  await hydrated(promptField(page));
  await page.getByRole('radio', { name: 'Local' }).click();
  await promptField(page).fill(PROMPT);
  const field = page.getByLabel('Possible answers');
  await field.fill(demoQuestion.labels.join('; '));
  await field.press('Enter');
  return (await page.getByLabel("Your hospital's node").innerText()).trim();
}

/** Whatever of a request could carry a prompt. */
const carriesPrompt = (request: Request) =>
  `${decodeURIComponent(request.url())}${request.postData() ?? ''}`.includes('Zebrafish');

test("a local question goes from the browser to the hospital's own node, and neither console nor router sees it", async ({
  page,
}) => {
  const sent: Request[] = [];
  page.on('request', (request) => sent.push(request));
  const hospital = await openLocal(page);
  const { key, url } = makeKey(hospital);
  await page.getByLabel('Your key for this node').fill(key);
  await page.getByRole('button', SUBMIT).click();
  const answer = page.getByTestId('local-answer');
  await expect(answer).toBeVisible();
  expect(demoQuestion.labels).toContain(await answer.innerText());
  await expectAccessible(page);
  const withPrompt = sent.filter(carriesPrompt);
  expect(withPrompt.map((request) => request.url())).toEqual([`${url}/chat/completions`]);
  const withKey = sent.filter((request) => (request.headers().authorization ?? '').includes(key));
  expect(new Set(withKey.map((request) => new URL(request.url()).origin))).toEqual(
    new Set([new URL(url).origin]),
  );
  // And the page could not have asked another machine.
  const blocked = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
        fetch('http://127.0.0.1:9/v1/').catch(() => {});
      }),
  );
  expect(blocked).toBe('connect-src');
});

test('a key that the node does not know is said, and the key stays in the tab', async ({ page }) => {
  await openLocal(page);
  await page.getByLabel('Your key for this node').fill('fdlr_local_nobody');
  await page.getByRole('button', SUBMIT).click();
  await expect(page.getByText('The node does not know this key')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(window.localStorage).join())).not.toContain('local-key');
});
