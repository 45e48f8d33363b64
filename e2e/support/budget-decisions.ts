import type { APIRequestContext, Browser } from '@playwright/test';
import { idOf } from '../../prisma/seed/scenario-ids.ts';
import { appCode } from './authenticator.ts';
import { newMember } from './new-member.ts';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const REASON = 'For a browser test';

async function post(caller: APIRequestContext, path: string, data: unknown) {
  const headers = { 'sec-fetch-site': 'same-origin' };
  const response = await caller.post(`/api/console/${path}`, { headers, data });
  return (await response.json()) as Record<string, string | undefined>;
}

/** The id of a change that waits at Harbour: next year's budget of a department. */
export async function harbourChange(browser: Browser): Promise<string> {
  const { page } = await newMember(browser, 'dpo');
  const { secret } = await post(page.request, 'second-factor/begin', {});
  await post(page.request, 'second-factor/confirm', { code: appCode(secret!) });
  const made = await post(page.request, 'changes', {
    kind: 'open',
    holderKind: 'department',
    ownerId: idOf('department', 'harbour/Research'),
    period: String(new Date().getUTCFullYear() + 1),
    epsilon: 5,
    reason: REASON,
  });
  await page.context().close();
  if (!made.id) throw new Error(`the proposal failed: ${JSON.stringify(made)}`);
  return made.id;
}

/** The id of a request for more that a clinician of Harbour's made for the one account they may. */
export async function harbourIncrease(browser: Browser): Promise<string> {
  const { page } = await newMember(browser, 'clinician');
  const html = await (await page.request.get('/budgets')).text();
  const accounts = new Set(
    [...html.matchAll(new RegExp(`/budgets/(${UUID})`, 'g'))].map((match) => match[1]),
  );
  for (const accountId of accounts) {
    const made = await post(page.request, 'increases', { accountId, epsilon: 400, reason: REASON });
    if (!made.id) continue;
    await page.context().close();
    return made.id;
  }
  throw new Error('a new clinician has no account to ask more for');
}
