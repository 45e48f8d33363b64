import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { AccountView } from '#lib/budgets/account-view';
import { formatShare } from '#lib/i18n/quantities';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';
import { AccountBar, BarLegend } from './account-bar.tsx';
import { CapMark, OdometerMark } from './cap-and-odometer.tsx';

type Props = { accounts: AccountView[]; bindingId: string; overseer: boolean };

const GROUPS = ['dataset', 'organisation', 'department', 'user'] as const;

/** The accounts under what they are: first those that carry the guarantee, then the quotas. */
export function AccountList({ accounts, bindingId, overseer }: Props) {
  const t = useTranslations('budgets');
  return (
    <>
      <BarLegend />
      {GROUPS.map((kind) => {
        const group = accounts.filter((account) => account.kind === kind);
        if (group.length === 0) return null;
        return (
          <Panel key={kind} title={t(`groups.${kind}`)} flush>
            <p className="px-4 pt-3 text-muted text-sm">{t(`groupHints.${kind}`)}</p>
            <ul className="flex flex-col divide-y">
              {group.map((account) => (
                <AccountRow
                  key={account.id}
                  account={account}
                  badge={account.id === bindingId ? t(overseer ? 'bindsOverseer' : 'binds') : null}
                />
              ))}
            </ul>
          </Panel>
        );
      })}
    </>
  );
}

function AccountRow({ account, badge }: { account: AccountView; badge: string | null }) {
  const t = useTranslations('budgets');
  const locale = useLocale();
  return (
    <li className="relative flex flex-col gap-2 px-4 py-3 hover:bg-sunken">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex items-center gap-2">
          <Link href={`/budgets/${account.id}`} className="font-medium after:absolute after:inset-0">
            {account.name}
          </Link>
          {badge ? <StateBadge tone="info">{badge}</StateBadge> : null}
          {account.state === 'open' ? null : (
            <StateBadge tone="attention">{t(`states.${account.state}`)}</StateBadge>
          )}
        </span>
        <span className="figures text-sm" title={`ρ ${account.remainingRho}`}>
          {t('remaining', { share: formatShare(account.remainingShare, locale) })}
        </span>
      </div>
      <AccountBar account={account} />
      <div className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-sm">
        <OdometerMark account={account} />
        <CapMark account={account} />
      </div>
    </li>
  );
}
