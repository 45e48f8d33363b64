import { expect, type Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { hydrated } from './console.ts';

const STEP_MS = 30_000;

/** What the app with this secret shows `ahead` steps from now; one step ahead is taken by a server as well. */
export function appCode(secret: string, ahead = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + ahead * STEP_MS });
}

/** Adds an authenticator app under Settings, as somebody who has just signed in, and returns its secret. */
export async function addApp(page: Page): Promise<string> {
  await page.goto('/settings');
  const add = page.getByRole('button', { name: 'Add an authenticator app' });
  await hydrated(add);
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'Add an authenticator app' });
  await expect(dialog.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  const secret = await dialog.locator('pre').innerText();
  await dialog.getByLabel('Code').fill(appCode(secret));
  await dialog.getByRole('button', { name: 'Confirm the app' }).click();
  const codes = page.getByRole('dialog', { name: 'Keep your recovery codes' });
  await expect(codes.locator('pre')).toHaveText(/^([a-z2-7]{4}(-[a-z2-7]{4}){3}\s*){10}$/);
  await codes.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('In use', { exact: true })).toBeVisible();
  return secret;
}
