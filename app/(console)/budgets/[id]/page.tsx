import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountLead } from '#components/budgets/account-lead';
import { AccountProperties } from '#components/budgets/account-properties';
import { EfficiencyPanel } from '#components/budgets/efficiency-panel';
import { EntriesPanel } from '#components/budgets/entries-panel';
import { EntryPeek } from '#components/budgets/entry-peek';
import { LifetimePanel } from '#components/budgets/lifetime-panel';
import { SpendPanel } from '#components/budgets/spend-panel';
import { WhatIfPanel } from '#components/budgets/what-if-panel';
import { AskForMoreButton } from '#components/decisions/ask-for-more-button';
import { DecidedTable } from '#components/decisions/decided-table';
import { PendingChange } from '#components/decisions/pending-change';
import { ProposeButton } from '#components/decisions/propose-button';
import { CrumbName } from '#components/shell/crumb-name';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { TimeRangePicker } from '#components/ui/time-range/time-range-picker';
import { accountPage } from '#lib/budgets/account-page';
import { accountRange } from '#lib/budgets/account-range';
import { accountChanges } from '#lib/budgets/changes/account-changes';
import { ENTRY_TABLE } from '#lib/budgets/entry-table';
import { askableAccount } from '#lib/budgets/increases/askable-account';
import { privacyEnv } from '#lib/env';
import { scopeOf } from '#lib/identity/permissions';
import { hasSecondFactor } from '#lib/identity/require-proved';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import { parseTableQuery } from '#lib/tables/table-query';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNotFound } from '../../../_server/or-error-page.ts';
import { viewerZone } from '../../../_server/zone.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// No loading file stands over this page: a response that has begun to stream could no longer say 404.
export default async function AccountPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const address = await searchParams;
  const now = new Date();
  const zone = await viewerZone();
  const { FEDERATED_PRIVACY_EPSILON: epsilon, FEDERATED_DELTA: delta } = privacyEnv();
  const query = parseTableQuery(ENTRY_TABLE, address);
  const { account, range, forecast, dailySpendPico, priceRho, points, projected, lifetime, ...ledger } =
    await orNotFound(
      accountPage(database(), actor, (await params).id, {
        rangeOf: (period) => accountRange(address, period, { zone, now }),
        now,
        priceRhoPico: chargeForEpsilon(epsilon, delta).rhoPico,
        entries: query,
        openEntry: query.peek,
      }),
    );
  const t = await getTranslations('account');
  const isGuarantee = account.kind === 'dataset';
  const isOver = forecast.kind === 'period_over';
  const overseer = scopeOf(actor, 'account.read', 'user_account') === 'organisation';
  const [changes, askable, twoFactors, decisions] = await Promise.all([
    accountChanges(database(), actor, account.id, now),
    askableAccount(database(), actor, now),
    hasSecondFactor(database(), actor.userId),
    getTranslations('decisions'),
  ]);
  return (
    <PageFrame
      title={account.name}
      question={t(isOver ? 'questionPast' : 'question')}
      actions={
        <div className="flex flex-wrap items-center gap-3">
          <LivePage kinds={['account', 'decision']} />
          {changes.proposable ? (
            <ProposeButton account={{ ...account, ...changes.proposable }} twoFactors={twoFactors} />
          ) : null}
          {askable?.id === account.id ? <AskForMoreButton account={askable} /> : null}
        </div>
      }
      lead={
        <div className="flex flex-col gap-4">
          <AccountLead account={account} forecast={forecast} />
          <PendingChange changes={changes.waiting} />
        </div>
      }
      aside={
        <>
          <AccountProperties account={account} />
          {overseer && !isOver ? (
            <WhatIfPanel
              input={{ ...account, othersRho: lifetime.othersRho, dailySpendPico, priceRho }}
              kind={account.kind}
              capEpsilon={account.capEpsilon}
              questionEpsilon={epsilon}
              now={now.toISOString()}
            />
          ) : null}
        </>
      }
      below={
        <EntriesPanel
          accountId={account.id}
          rows={ledger.entries.rows}
          next={ledger.entries.next}
          peek={{
            id: query.peek,
            node: query.peek === null ? null : <EntryPeek detail={ledger.openEntry} />,
          }}
          mayExport={scopeOf(actor, 'account.export', `${account.kind}_account`) !== null}
        />
      }
    >
      <TimeRangePicker range={range} />
      <CrumbName id={account.id} name={account.name} />
      <SpendPanel
        name={account.name}
        capRho={account.capRho}
        spentRho={account.spentRho}
        isGuarantee={isGuarantee}
        points={points}
        projected={projected}
        bucket={range.bucket}
      />
      <EfficiencyPanel accountId={account.id} period={account.period} spentRho={account.spentRho} />
      <LifetimePanel lifetime={lifetime} accountId={account.id} isGuarantee={isGuarantee} />
      {overseer ? <DecidedTable title={decisions('history')} changes={changes.decided} /> : null}
    </PageFrame>
  );
}
