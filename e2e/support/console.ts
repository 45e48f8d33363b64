import { expect, type Page } from '@playwright/test';
import { loginOf } from './demo.ts';
import { demoQuestion } from './demo-question.ts';

/** Signs in with the role's demo login and waits for the first page. */
export async function signInAs(page: Page, role: string, domain?: string): Promise<void> {
  const { email, password } = loginOf(role, domain);
  await page.goto('/sign-in');
  await fillSignIn(page, email, password);
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Writes the demo question into the Ask page, up to the point where it can be asked. */
export async function writeDemoQuestion(page: Page): Promise<void> {
  await page.goto('/ask');
  await page.getByLabel('Question', { exact: true }).fill(demoQuestion.prompt);
  const labels = page.getByLabel('Possible answers');
  for (const label of demoQuestion.labels) {
    await labels.fill(label);
    await labels.press('Enter');
  }
  await expect(askButton(page)).toBeEnabled();
}

export const askButton = (page: Page) => page.getByRole('button', { name: 'Ask', exact: true });

/** The one number that the Budgets page leads with. */
export async function questionsLeft(page: Page): Promise<number> {
  await page.goto('/budgets');
  const lead = await page.getByTestId('budget-lead').locator('span').first().innerText();
  return Number(lead.replaceAll(',', ''));
}
