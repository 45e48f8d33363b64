import { ShieldHalf } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountList } from '#components/budgets/account-list';
import { BudgetLead } from '#components/budgets/budget-lead';
import { PageFrame } from '#components/shell/page-frame';
import { Empty } from '#components/ui/empty';
import { bindingAccount, questionsLeft } from '#lib/budgets/binding-account';
import { currentPeriod } from '#lib/budgets/current-period';
import { listAccounts } from '#lib/budgets/list-accounts';
import { privacyEnv } from '#lib/env';
import { scopeOf } from '#lib/identity/permissions';
import { chargeForEpsilon } from '#lib/privacy/charge';
import { requireActor } from '../../../_server/actor.ts';
import { database } from '../../../_server/database.ts';
import { orNoAccess } from '../../../_server/or-error-page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('budgets'))('title') };
}

export default async function BudgetsPage() {
  const actor = await requireActor();
  const accounts = await orNoAccess(listAccounts(database(), actor));
  const t = await getTranslations('budgets');
  const overseer = scopeOf(actor, 'account.read', 'user_account') === 'organisation';
  const { FEDERATED_PRIVACY_EPSILON: epsilon, FEDERATED_DELTA: delta } = privacyEnv();
  const binding = bindingAccount(accounts, overseer);
  const period = currentPeriod(new Date());
  return (
    <PageFrame
      title={t('title')}
      question={t('question')}
      lead={
        binding ? (
          <BudgetLead
            account={binding}
            left={questionsLeft(binding.remainingRho, chargeForEpsilon(epsilon, delta).rhoPico)}
            epsilon={epsilon}
            delta={delta}
            overseer={overseer}
          />
        ) : null
      }
    >
      {binding ? (
        <AccountList accounts={accounts} bindingId={binding.id} overseer={overseer} />
      ) : (
        <Empty icon={ShieldHalf} title={t('empty', { period })}>
          {t('emptyText')}
        </Empty>
      )}
    </PageFrame>
  );
}
