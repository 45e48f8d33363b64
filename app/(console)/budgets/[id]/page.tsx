import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountProperties } from '#components/budgets/account-properties';
import { EntriesPanel } from '#components/budgets/entries-panel';
import { SpendPanel } from '#components/budgets/spend-panel';
import { CrumbName } from '#components/shell/crumb-name';
import { PageFrame } from '#components/shell/page-frame';
import { Epsilon } from '#components/ui/quantity';
import { accountEntries, ENTRY_TABLE } from '#lib/budgets/account-entries';
import { accountSeries } from '#lib/budgets/account-series';
import { getAccount } from '#lib/budgets/get-account';
import { parseTableQuery } from '#lib/tables/table-query';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';
import { single } from '../../../_server/single.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ after?: string | string[] }> };

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function AccountPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const db = database();
  const account = await orNotFound(getAccount(db, actor, (await params).id));
  const after = single((await searchParams).after);
  const now = new Date();
  const [series, entries, t] = await Promise.all([
    accountSeries(db, account, now),
    accountEntries(db, account.id, parseTableQuery(ENTRY_TABLE, await searchParams)),
    getTranslations('account'),
  ]);
  return (
    <PageFrame
      title={account.name}
      question={t('question')}
      lead={
        <div className="flex flex-col gap-1">
          <p className="text-lg">
            {t.rich(account.kind === 'dataset' ? 'leadGuarantee' : 'leadLimit', {
              period: account.period,
              epsilon: () => <Epsilon epsilon={account.capEpsilon} delta={account.delta} />,
            })}
          </p>
          {account.kind === 'dataset' ? <p className="text-muted text-sm">{t('leadAgainstWhom')}</p> : null}
        </div>
      }
      aside={<AccountProperties account={account} />}
    >
      <CrumbName id={account.id} name={account.name} />
      <SpendPanel
        name={account.name}
        capRho={account.capRho}
        spentRho={account.spentRho}
        delta={account.delta}
        unit={series.unit}
        points={series.points}
        now={now.toISOString()}
      />
      <EntriesPanel accountId={account.id} entries={entries.rows} next={entries.next} firstPage={!after} />
    </PageFrame>
  );
}
