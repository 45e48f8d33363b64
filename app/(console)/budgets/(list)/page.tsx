import { ShieldHalf } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BudgetLead } from '#components/budgets/budget-lead';
import { BudgetTree } from '#components/budgets/budget-tree';
import { OverallEfficiency } from '#components/budgets/overall-efficiency';
import { PeriodNav } from '#components/budgets/period-nav';
import { AskForMoreButton } from '#components/decisions/ask-for-more-button';
import { LivePage } from '#components/shell/live-mark';
import { PageFrame } from '#components/shell/page-frame';
import { Empty } from '#components/ui/empty';
import { bindingAccount } from '#lib/budgets/binding-account';
import { budgetTree } from '#lib/budgets/budget-tree';
import { currentPeriod } from '#lib/budgets/current-period';
import { askableAccount } from '#lib/budgets/increases/askable-account';
import { listPeriods } from '#lib/budgets/list-periods';
import { privacyEnv } from '#lib/env';
import { scopeOf } from '#lib/identity/permissions';
import { chargeForEpsilon } from '#lib/privacy/mechanisms/vote-charge';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';
import { single } from '../../../_server/single.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('budgets'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function BudgetsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const db = database();
  const now = new Date();
  const present = currentPeriod(now);
  const { FEDERATED_PRIVACY_EPSILON: epsilon, FEDERATED_DELTA: delta } = privacyEnv();
  const { rhoPico: priceRhoPico } = chargeForEpsilon(epsilon, delta);
  const periods = await orNoAccess(listPeriods(db, actor, now));
  const asked = single((await searchParams).period);
  const period = periods.find((known) => known === asked) ?? present;
  const nodes = await orNoAccess(budgetTree(db, actor, { period, priceRhoPico, now }));
  const [t, forecast] = await Promise.all([getTranslations('budgets'), getTranslations('forecast')]);
  const overseer = scopeOf(actor, 'account.read', 'user_account') === 'organisation';
  const askable = await askableAccount(db, actor, now);
  const binding = period === present ? bindingAccount(nodes, overseer) : null;
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      actions={
        <div className="flex flex-wrap items-center gap-3">
          <LivePage kinds={['account']} />
          <PeriodNav periods={periods} current={period} present={present} />
          {askable ? <AskForMoreButton account={askable} /> : null}
        </div>
      }
      lead={
        binding ? (
          <BudgetLead account={binding} epsilon={epsilon} delta={delta} overseer={overseer} />
        ) : period === present ? null : (
          <p className="text-lg">{t('leadPast', { period })}</p>
        )
      }
    >
      {nodes.length > 0 ? (
        <>
          <BudgetTree nodes={nodes} bindingId={binding?.id ?? null} overseer={overseer} epsilon={epsilon} />
          <OverallEfficiency period={period} spentRho={spentOf(nodes)} />
          {period === present ? <p className="text-muted text-sm">{forecast('method')}</p> : null}
        </>
      ) : (
        <Empty icon={ShieldHalf} title={t('empty', { period })}>
          {t('emptyText')}
        </Empty>
      )}
    </PageFrame>
  );
}

/** Changes with every charge in view, so that what was computed of them is asked for again. */
function spentOf(nodes: readonly { spentRho: string }[]): string {
  return nodes.map((node) => node.spentRho).join();
}
