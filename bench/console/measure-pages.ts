import { join } from 'node:path';
import { type Browser, chromium, request } from '@playwright/test';
import { ensureChromium } from '../../scripts/test/chromium.ts';
import { dataDirOf, type Product } from '../../scripts/test/product.ts';
import { type BenchPage, listPages, ROLES, type Role } from './page-list.ts';
import { type Login, signIn } from './sign-in.ts';
import { logEveryStatement, type StatementTime, sizeOf, statementsSince } from './statement-times.ts';
import { type Cookies, type Visit, visitPage } from './visit-page.ts';

export type PageVisits = BenchPage & { visits: Visit[] };
export type SlowStatement = StatementTime & { page: string };
export type PagesMeasured = { pages: PageVisits[]; statements: SlowStatement[] };

type Running = { consoleUrl: string; logins: Login[] };

const SETTLE_MS = 1_500;
const settle = () => new Promise((done) => setTimeout(done, SETTLE_MS));

/** Opens every page `rounds` times, one page after the other so that a busy moment does not fall on one page alone. */
export async function measurePages(product: Product, folder: string, rounds: number): Promise<PagesMeasured> {
  const { consoleUrl, logins } = JSON.parse(product.line) as Running;
  const statementLog = join(dataDirOf(folder), 'logs', 'postgres.log');
  await logEveryStatement(dataDirOf(folder), consoleUrl);
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const cookies = await signInAll(browser, consoleUrl, logins);
    const officer = await request.newContext({
      baseURL: consoleUrl,
      storageState: { cookies: cookies[ROLES[0]], origins: [] },
    });
    const listed = await listPages(officer);
    await officer.dispose();
    const pages: PageVisits[] = listed.map((page) => ({ ...page, visits: [] }));
    const statements: SlowStatement[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const page of pages) {
        const from = sizeOf(statementLog);
        page.visits.push(await visitPage(browser, `${consoleUrl}${page.path}`, cookies[page.role]));
        // What a page still asks for behind its first paint belongs to it and not to the next one.
        await settle();
        statements.push(
          ...statementsSince(statementLog, from).map((found) => ({ ...found, page: page.name })),
        );
      }
      process.stderr.write(`Round ${round + 1} of ${rounds}: ${pages.length} pages opened\n`);
    }
    return { pages, statements };
  } finally {
    await browser.close();
  }
}

async function signInAll(browser: Browser, consoleUrl: string, logins: Login[]) {
  const found = {} as Record<Role, Cookies>;
  for (const role of ROLES) {
    const login = logins.find((one) => one.role === role);
    if (!login) throw new Error(`The demo has no login with the role ${role}.`);
    found[role] = await signIn(browser, consoleUrl, login);
  }
  return found;
}
