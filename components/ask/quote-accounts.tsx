'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { questionsLeft } from '#lib/budgets/binding-account';
import { formatShare } from '#lib/i18n/quantities';
import { parseRho } from '#lib/privacy/pico-rho';
import type { QuoteAccount } from '#lib/requests/router-replies';
import { StateBadge } from '../ui/state.tsx';

const ORDER = ['user', 'department', 'organisation', 'dataset'];

/** Each account before and after, in the unit of this very question: how many like it still fit. */
export function QuoteAccounts({ accounts, rho }: { accounts: QuoteAccount[]; rho: string }) {
  const t = useTranslations('quote');
  const pricePico = parseRho(rho);
  const inOrder = accounts.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-muted text-xs">{t('accounts')}</h3>
      <ul className="figures flex flex-col divide-y text-sm">
        {inOrder.map((account, index) =>
          account.id === null ? (
            // Several may have one name, and nothing else tells them apart.
            <Row key={`withheld ${index}`} account={account}>
              {account.sufficient ? t('enough') : <StateBadge tone="danger">{t('short')}</StateBadge>}
            </Row>
          ) : (
            <ReadableRow key={account.id} account={account} pricePico={pricePico} />
          ),
        )}
      </ul>
    </div>
  );
}

type Readable = Extract<QuoteAccount, { id: string }>;

function ReadableRow({ account, pricePico }: { account: Readable; pricePico: bigint }) {
  const t = useTranslations('quote');
  const locale = useLocale();
  const before = questionsLeft(account.remaining, pricePico);
  const cap = Number(account.cap);
  const share = formatShare(cap > 0 ? Number(account.remaining) / cap : 0, locale);
  return (
    <Row account={account} left={t('left', { share })}>
      {account.sufficient ? (
        <span title={`ρ ${account.remaining} → ${account.remainingAfter}`}>
          {t('beforeAfter', { before: Number(before), after: Number(before - 1n) })}
        </span>
      ) : (
        <StateBadge tone="danger">{t(account.state === 'open' ? 'short' : account.state)}</StateBadge>
      )}
    </Row>
  );
}

type RowProps = { account: QuoteAccount; left?: string; children: ReactNode };

function Row({ account, left, children }: RowProps) {
  const kinds = useTranslations('accountKinds');
  return (
    <li className="flex flex-col py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate">{account.name}</span>
        <span className="whitespace-nowrap">{children}</span>
      </div>
      <div className="flex justify-between gap-3 text-muted text-xs">
        <span>{kinds(account.kind)}</span>
        {left ? <span>{left}</span> : null}
      </div>
    </li>
  );
}
