import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import { answer, askButton, hydrated, promptField, signInAs, writeDemoQuestion } from './support/console.ts';
import { demoQuestion } from './support/demo-question.ts';
import { collectFaults, expectAccessible } from './support/page-checks.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const drawing = (page: Page) => page.getByTestId('drawing');
const statement = (page: Page) => page.getByTestId('statement');
const epsilonField = (page: Page) => page.getByLabel('Epsilon of this question');

/** A question of its own for a short text, up to the point where it can be asked. */
async function writeTextQuestion(page: Page): Promise<void> {
  await page.goto('/ask');
  await hydrated(promptField(page));
  await promptField(page).fill(`Case ${randomUUID()}: ${demoQuestion.prompt}`);
  await page.getByRole('radio', { name: 'Short text' }).click();
  await epsilonField(page).fill('0.5');
  await expect(page.getByText(/shards can write all 64 tokens/)).toBeVisible();
  await expect(askButton(page)).toBeEnabled();
}

async function writeLabels(page: Page, labels: readonly string[], test: RegExp): Promise<void> {
  await page.goto('/ask');
  await hydrated(promptField(page));
  await promptField(page).fill(`Case ${randomUUID()}: ${demoQuestion.prompt}`);
  const field = page.getByLabel('Possible answers');
  await field.fill(labels.join('; '));
  await field.press('Enter');
  await page.getByLabel('When to answer').click();
  await page.getByRole('option', { name: test }).click();
  await epsilonField(page).fill('0.3');
  await expect(page.getByText(/if two labels tie/)).toBeVisible();
  await expect(askButton(page)).toBeEnabled();
}

async function tokensDrawn(page: Page): Promise<number> {
  const text = await statement(page)
    .getByText(/drawn, of at most/)
    .innerText();
  return Number(/^(\d+) drawn, of at most 64$/.exec(text)?.[1]);
}

/** How often the answer was fetched again with its key, as its request's page says. */
async function expectReplays(page: Page, count: string): Promise<void> {
  const replays = page.locator('dl > div', { has: page.getByText('Replays', { exact: true }) });
  await expect(replays.getByText(count, { exact: true })).toBeVisible();
}

test('a short answer is shown as it is drawn, labelled, and its request says what each hospital signed', async ({
  page,
}) => {
  const faults = collectFaults(page);
  await signInAs(page, 'clinician');
  await writeTextQuestion(page);
  await expectAccessible(page);
  await askButton(page).click();
  await expect(drawing(page)).toBeVisible();
  await expect(page.getByText('Demo model', { exact: true })).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', /^token \d+ of at most 64$/);
  const early = await drawing(page).innerText();
  await expect
    .poll(async () => (await drawing(page).or(answer(page)).innerText()).length)
    .toBeGreaterThan(early.length);

  await expect(answer(page)).toBeVisible();
  expect((await answer(page).innerText()).startsWith(early.trim())).toBe(true);
  await expect(page.getByText('Demo model', { exact: true })).toBeVisible();
  await expect(page.getByText(/has no medical value/)).toBeVisible();
  const drawn = await tokensDrawn(page);
  for (const part of ['1 nat a shard', 'Short answer', /\d hospitals, \d+ shards/])
    await expect(statement(page).getByText(part).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText(`${drawn} drawn, of at most 64`)).toBeVisible();
  await expect(page.getByText(`${3 * drawn} receipts`)).toBeVisible();
  await page
    .getByText(new RegExp(`^${drawn} receipts, numbers`))
    .first()
    .click();
  await expect(page.getByRole('region', { name: /^Receipts of/ }).getByRole('row')).toHaveCount(drawn + 1);
  await expect(page.getByText('In the log, checked here').first()).toBeVisible();
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('stopping keeps what was drawn, charges that, and gives the rest back', async ({ page }) => {
  await signInAs(page, 'clinician');
  // An answer may end by itself before anybody can stop it.
  await expect(async () => {
    await writeTextQuestion(page);
    await askButton(page).click();
    const stop = page.getByRole('button', { name: 'Stop' });
    await expect(stop.or(answer(page))).toBeVisible();
    await stop.click({ timeout: 5_000 });
    await expect(answer(page)).toBeVisible();
    await expect(statement(page).getByText('You stopped it')).toBeVisible({ timeout: 5_000 });
  }).toPass();
  expect(await tokensDrawn(page)).toBeLessThan(64);
  await expect(statement(page).getByText('Given back')).toBeVisible();
  await expect(statement(page).getByText('ρ 0', { exact: true })).toHaveCount(0);
  const charged = await statement(page).getByText(/^ρ/).first().innerText();
  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText(`Answered, and charged ${charged} to every account it touched.`)).toBeVisible();
  await expect(page.getByText('Given back')).toBeVisible();
  await expectReplays(page, '1');
});

test('an answer whose stream breaks stays in view, and what was paid for is fetched without a new charge', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  await writeTextQuestion(page);
  await page.route(
    '**/api/console/ask/text',
    async (route) => {
      const response = await route.fetch();
      const [first = ''] = (await response.text()).split('\n');
      await route.fulfill({ response, body: `${first}\n` });
    },
    { times: 1 },
  );
  await askButton(page).click();
  await expect(page.getByText('Whether it was charged is not known.')).toBeVisible();
  await expect(page.getByText('What had arrived before it broke off')).toBeVisible();
  await page.getByRole('button', { name: 'Fetch what was paid for' }).click();
  await expect(answer(page)).toBeVisible();
  await page.getByRole('link', { name: 'Open the request' }).click();
  await expectReplays(page, '1');
});

test('a clear winner is given; where there is none, that is the answer, at the price of its test', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  await writeLabels(page, demoQuestion.labels, /most shards agree/);
  await askButton(page).click();
  await expect(answer(page)).toHaveText(demoQuestion.labels[0]!);
  await expect(statement(page).getByText('Clear', { exact: true })).toBeVisible();
  await expect(statement(page).getByText('ρ 0', { exact: true })).toBeVisible();

  // No record names one of these, so every shard stays silent and no label leads.
  await writeLabels(page, ['Albinism', 'Colour blindness'], /leads clearly/);
  await askButton(page).click();
  await expect(answer(page)).toHaveText('No clear winner');
  await expect(page.getByText(/Only the test was charged/)).toBeVisible();
  await expect(statement(page).getByText('Not clear', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Open the request' }).click();
  await expect(page.getByText('Not clear', { exact: true })).toBeVisible();
  await expect(page.getByText('Given back')).toBeVisible();
});

test('what an answer is worth follows epsilon without waiting for the router', async ({ page }) => {
  await signInAs(page, 'clinician');
  await writeDemoQuestion(page);
  const chances = page.getByRole('table', { name: /Chance of the right label/ });
  await expect(chances.getByRole('row', { name: /^70% agree/ })).toBeVisible();
  await page.route('**/api/console/quote', () => new Promise(() => {}));
  await epsilonField(page).fill('0.02');
  await expect(page.getByText(/At ε 0.0200/)).toBeVisible();
  await expect(page.getByText(/Too uncertain: at least 80% is required/)).toBeVisible();
  // Its word is waited for all the same before anything is asked.
  await epsilonField(page).fill('0.9');
  await expect(page.getByText(/At ε 0.900/)).toBeVisible();
  await expect(askButton(page)).toHaveAccessibleDescription(/price is not known yet/);
});
