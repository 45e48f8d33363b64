'use client';

import { useLocale, useTranslations } from 'next-intl';
import { questionsLeft } from '#lib/budgets/binding-account';
import { formatShare } from '#lib/i18n/quantities';
import { parseRho } from '#lib/privacy/pico-rho';
import type { QuoteAccount } from '#lib/requests/router-replies';
import { StateBadge } from '../ui/state.tsx';

const ORDER = ['user', 'department', 'organisation', 'dataset'];

/** Each account before and after, in the unit of this very question: how many like it still fit. */
export function QuoteAccounts({ accounts, rho }: { accounts: QuoteAccount[]; rho: string }) {
  const t = useTranslations('quote');
  const kinds = useTranslations('accountKinds');
  const locale = useLocale();
  const pricePico = parseRho(rho);
  const inOrder = accounts.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-muted text-xs">{t('accounts')}</h3>
      <ul className="figures flex flex-col divide-y text-sm">
        {inOrder.map((account) => {
          const before = questionsLeft(account.remaining, pricePico);
          const cap = Number(account.cap);
          const share = formatShare(cap > 0 ? Number(account.remaining) / cap : 0, locale);
          return (
            <li key={`${account.kind} ${account.id ?? account.name}`} className="flex flex-col py-2">
              <div className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate">{account.name}</span>
                {before > 0n ? (
                  <span
                    className="whitespace-nowrap"
                    title={`ρ ${account.remaining} → ${account.remainingAfter}`}
                  >
                    {t('beforeAfter', { before: Number(before), after: Number(before - 1n) })}
                  </span>
                ) : (
                  <StateBadge tone="danger">{t('short')}</StateBadge>
                )}
              </div>
              <div className="flex justify-between gap-3 text-muted text-xs">
                <span>{kinds(account.kind)}</span>
                <span>{t('left', { share })}</span>
              </div>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
