import { expect, type Locator, type Page } from '@playwright/test';
import { loginOf } from './demo.ts';
import { demoQuestion } from './demo-question.ts';

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;
const sessions = new Map<string, Cookies>();

/** Comes with a session that another test of this run has opened; for tests that leave it alive. */
export async function signInAs(page: Page, role: string, domain?: string): Promise<void> {
  const { email } = loginOf(role, domain);
  const open = sessions.get(email);
  if (open) {
    await page.context().addCookies(open);
    await page.goto('/');
    return;
  }
  await signInAfresh(page, role, domain);
  sessions.set(email, await page.context().cookies());
}

/** Signs in with the role's demo login and waits for the first page. */
export async function signInAfresh(page: Page, role: string, domain?: string): Promise<void> {
  const { email, password } = loginOf(role, domain);
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** The button is disabled until React has taken over, and clicking waits for that. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Waits until React has taken a control over: what is typed or pressed before that can be lost. */
export async function hydrated(control: Locator): Promise<void> {
  const isTaken = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps'));
  await expect.poll(() => control.evaluate(isTaken)).toBe(true);
}

export const promptField = (page: Page) => page.getByLabel('Question', { exact: true });
export const askButton = (page: Page) => page.getByRole('button', { name: 'Ask', exact: true });
export const answer = (page: Page) => page.getByTestId('answer');

/** Opens the Ask page and writes a question with the demo's labels, up to the point where it can be asked. */
export async function writeQuestion(page: Page, prompt: string): Promise<void> {
  await page.goto('/ask');
  await fillQuestion(page, prompt);
}

export const writeDemoQuestion = (page: Page) => writeQuestion(page, demoQuestion.prompt);

/** The same on an Ask page that is already open. */
export async function fillQuestion(page: Page, prompt: string): Promise<void> {
  await hydrated(promptField(page));
  await promptField(page).fill(prompt);
  const labels = page.getByLabel('Possible answers');
  for (const label of demoQuestion.labels) {
    await labels.fill(label);
    await labels.press('Enter');
  }
  await expect(askButton(page)).toBeEnabled();
}

/** Asks the demo question and returns the path of the request it became. */
export async function askDemoQuestion(page: Page): Promise<string> {
  await writeDemoQuestion(page);
  await askButton(page).click();
  await expect(answer(page)).toBeVisible();
  const path = await page.getByRole('link', { name: 'Open the request' }).getAttribute('href');
  return path!;
}

/** The one number that the Budgets page leads with. */
export async function questionsLeft(page: Page): Promise<number> {
  await page.goto('/budgets');
  const lead = await page.getByTestId('budget-lead').locator('span').first().innerText();
  return Number(lead.replaceAll(',', ''));
}
