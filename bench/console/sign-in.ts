import type { Browser } from '@playwright/test';
import type { Cookies } from './visit-page.ts';

export type Login = { role: string; email: string; password: string };

/** Signs in as a person does. Returns the session's cookies. */
export async function signIn(browser: Browser, consoleUrl: string, login: Login): Promise<Cookies> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${consoleUrl}/sign-in`);
    await page.getByLabel('E-mail address').fill(login.email);
    await page.getByLabel('Password').fill(login.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    return await context.cookies();
  } finally {
    await context.close();
  }
}
