import type { APIRequestContext } from '@playwright/test';
import { CONSOLE_PAGES, type ConsolePage, mayOpen } from '../../lib/identity/console-pages.ts';

export type BenchPage = { name: string; path: string; role: Role };

/** In the order in which a page is given to one of them: the officer sees most, only a clinician asks. */
export const ROLES = ['dpo', 'admin', 'clinician'] as const;
export type Role = (typeof ROLES)[number];

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const WITH_DETAILS = ['requests', 'budgets', 'nodes'] as const satisfies ConsolePage[];
/** Pages for everybody who is signed in. */
const OPEN_TO_ALL = ['glossary', 'design'];

/** The first thing listed on a page of lists. */
async function firstOn(client: APIRequestContext, page: ConsolePage): Promise<string> {
  const html = await (await client.get(`/${page}`)).text();
  const id = new RegExp(`href="/${page}/(${UUID})`).exec(html)?.[1];
  if (!id) throw new Error(`/${page} lists nothing that could be opened`);
  return `/${page}/${id}`;
}

/** Every page of the console, each with the first of our roles that may open it. `officer` is signed in as the DPO. */
export async function listPages(officer: APIRequestContext): Promise<BenchPage[]> {
  const lists = (Object.keys(CONSOLE_PAGES) as ConsolePage[]).flatMap((page) => {
    const role = ROLES.find((one) => mayOpen({ role: one }, page));
    return role ? [{ name: `/${page}`, path: `/${page}`, role }] : [];
  });
  const details = await Promise.all(
    WITH_DETAILS.map(async (page) => ({
      name: `/${page}/[id]`,
      path: await firstOn(officer, page),
      role: ROLES[0],
    })),
  );
  const others = OPEN_TO_ALL.map((page) => ({ name: `/${page}`, path: `/${page}`, role: ROLES[0] }));
  // Who is invited is the administrator's to read.
  const mailbox = { name: '/mailbox', path: '/mailbox', role: ROLES[1] };
  return [...lists, ...details, ...others, mailbox];
}
