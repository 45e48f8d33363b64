import { useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';
import { AccountBar, BarLegend } from './account-bar.tsx';
import { CapMark, OdometerMark } from './cap-and-odometer.tsx';

/** What an account is: its bound, its reading, and both in rho. */
export function AccountProperties({ account }: { account: AccountView & { createdAt: Date } }) {
  const t = useTranslations('account');
  const budgets = useTranslations('budgets');
  const kinds = useTranslations('accountKinds');
  return (
    <Panel title={t('properties')}>
      <div className="flex flex-col gap-4">
        <AccountBar account={account} />
        <BarLegend />
        <div className="flex flex-col gap-2 text-sm">
          <CapMark account={account} />
          <OdometerMark account={account} />
        </div>
        <hr />
        <Properties
          items={[
            { name: <Term name="rho">{t('cap')}</Term>, value: <Rho rho={account.capRho} /> },
            { name: t('spent'), value: <Rho rho={account.spentRho} /> },
            { name: <Term name="reserved">{t('reserved')}</Term>, value: <Rho rho={account.reservedRho} /> },
            {
              name: <Term name="remaining">{t('remaining')}</Term>,
              value: <Rho rho={account.remainingRho} />,
            },
            { name: t('kind'), value: kinds(account.kind) },
            { name: t('period'), value: account.period },
            { name: t('state'), value: budgets(`states.${account.state}`) },
            { name: t('opened'), value: <Time short at={account.createdAt} /> },
            { name: t('id'), value: <Hash value={account.id} what={t('id')} /> },
          ]}
        />
      </div>
    </Panel>
  );
}
