import { randomUUID } from 'node:crypto';
import { expect, type Page, test } from '@playwright/test';
import {
  answer,
  askButton,
  fillQuestion,
  promptField,
  questionsLeft,
  signInAs,
  writeDemoQuestion,
  writeQuestion,
} from './support/console.ts';
import { demoQuestion } from './support/demo-question.ts';

const ASK = '**/api/console/ask';

/** The router answers the next question, and the browser never hears of it. */
async function loseNextAnswer(page: Page): Promise<void> {
  await page.route(
    ASK,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
}

async function askAndLoseTheAnswer(page: Page): Promise<void> {
  await loseNextAnswer(page);
  await askButton(page).click();
  await expect(page.getByText('Whether it was charged is not known.')).toBeVisible();
}

async function askAndSeeTheAnswer(page: Page): Promise<void> {
  await askButton(page).click();
  await expect(answer(page)).toBeVisible();
}

test('a double click asks once', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  await askButton(page).dblclick();
  await expect(answer(page)).toBeVisible();
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('an answer that was lost on its way is fetched again, also when its price is no longer known', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  await page.route('**/api/console/quote', (route) => route.abort('connectionrefused'));
  await askAndLoseTheAnswer(page);
  await expect(page.getByText('The price is not known', { exact: true })).toBeVisible();
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('an answer that comes when the page has been left is there for the same question', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  let letGo = () => {};
  const left = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    void page.route(
      ASK,
      async (route) => {
        const response = await route.fetch();
        await left;
        await route.fulfill({ response });
        resolve();
      },
      { times: 1 },
    );
  });
  await askButton(page).click();
  // A link asks first while an answer is on its way.
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('link', { name: 'Requests', exact: true }).click();
  await expect(page).toHaveURL(/\/requests$/);
  letGo();
  await arrived;
  await page.getByRole('link', { name: 'Ask', exact: true }).click();
  await fillQuestion(page, demoQuestion.prompt);
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('loading the page anew while an answer is on its way is asked about, and charges nothing more', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  const reachedTheRouter = new Promise<void>((resolve) => {
    void page.route(
      ASK,
      async (route) => {
        await route.fetch();
        resolve();
      },
      { times: 1 },
    );
  });
  await askButton(page).click();
  await reachedTheRouter;
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await fillQuestion(page, demoQuestion.prompt);
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('a session that ends before the answer is seen leads back, and charges nothing more', async ({
  page,
}) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  await askAndLoseTheAnswer(page);
  await page.route(
    ASK,
    (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        json: { status: 401, code: 'session_ended', detail: 'The session has ended.' },
      }),
    { times: 1 },
  );
  await askButton(page).click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await expect(page.getByText(/This attempt was not charged. An earlier one may have been/)).toBeVisible();
  await page.getByRole('link', { name: 'Sign in again' }).click();
  // The page comes anew, under the same address: what is written before that is lost.
  await expect(promptField(page)).toHaveValue('');
  await expect(page).toHaveURL(/\/ask$/);
  await fillQuestion(page, demoQuestion.prompt);
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 1);
});

test('another question in between does not make a second charge for the first', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeDemoQuestion(page);
  await askAndLoseTheAnswer(page);
  await promptField(page).fill(`Another case ${randomUUID()}: fever and a stiff neck. What is it?`);
  await askAndSeeTheAnswer(page);
  await writeDemoQuestion(page);
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 2);
});

test('the same question asked again on purpose is a new one with a new charge', async ({ page }) => {
  await signInAs(page, 'clinician');
  const before = await questionsLeft(page);
  await writeQuestion(page, `A case of its own ${randomUUID()}. What is it?`);
  await askAndSeeTheAnswer(page);
  await page.getByRole('button', { name: 'Ask another question' }).click();
  await expect(promptField(page)).toBeFocused();
  await askAndSeeTheAnswer(page);
  expect(await questionsLeft(page)).toBe(before - 2);
});
