import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import type { TimeRange } from '#lib/time/range-presets';
import { accountEntries, type EntryQuery } from './account-entries.ts';
import { accountForecast } from './account-forecast.ts';
import { accountSeries } from './account-series.ts';
import { dailySpend } from './daily-spend.ts';
import { explainEntries } from './explain-entries.ts';
import { getAccount } from './get-account.ts';
import { getEntry } from './get-entry.ts';
import { lifetime } from './lifetime.ts';
import { projectSpend } from './project-spend.ts';

type Options = {
  /** The time the page is about, by the account's period. */
  rangeOf: (period: string) => TimeRange;
  now: Date;
  /** A default question's. */
  priceRhoPico: bigint;
  entries: EntryQuery;
  /** The entry that is open beside them. */
  openEntry: string | null;
};

/** All that the page of an account shows. Throws as getAccount does. */
export async function accountPage(db: Database, actor: PrincipalActor, id: string, options: Options) {
  const { now, priceRhoPico } = options;
  const account = await getAccount(db, actor, id);
  const range = options.rangeOf(account.period);
  const { ownerId } = await db.account.findUniqueOrThrow({ where: { id }, select: { ownerId: true } });
  const [points, spend, page, odometer, openEntry] = await Promise.all([
    accountSeries(db, account, range),
    dailySpend(db, [{ kind: account.kind, ownerId }], now),
    accountEntries(db, id, { ...options.entries, range }),
    lifetime(db, actor, id, now),
    options.openEntry === null ? null : getEntry(db, actor, id, options.openEntry),
  ]);
  const rows = await explainEntries(db, actor, account, page.rows);
  const dailySpendPico = [...spend.values()][0] ?? [];
  return {
    account,
    range,
    points,
    entries: { next: page.next, rows },
    openEntry,
    lifetime: odometer,
    dailySpendPico,
    priceRho: formatRho(priceRhoPico),
    forecast: accountForecast(account, dailySpendPico, priceRhoPico, now),
    projected: projectSpend(account, dailySpendPico, range, now),
  };
}
