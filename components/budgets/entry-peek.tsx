'use client';

import { ListTree, SquareArrowOutUpRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { EntryDetail } from '#lib/budgets/get-entry';
import { LeafProof } from '../requests/leaf-proof.tsx';
import { buttonStyles } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Hash } from '../ui/hash.tsx';
import { StateWord } from '../ui/state.tsx';
import { EntryCharges } from './entry-charges.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { EntryReceipts } from './entry-receipts.tsx';

/** Beside the table: one entry, its request's charge on every account in view, what was signed, and the proof. */
export function EntryPeek({ detail }: { detail: EntryDetail | null }) {
  const t = useTranslations('account.entry');
  if (!detail)
    return (
      <Empty icon={ListTree} title={t('gone')}>
        {t('goneText')}
      </Empty>
    );
  const { entry, charges, receipts } = detail;
  return (
    <>
      {entry.kind === 'adjust' ? <StateWord tone="attention">{t('adjusted')}</StateWord> : null}
      <EntryFacts entry={entry} />
      {entry.mayOpenRequest ? (
        <Link href={`/requests/${entry.requestId}`} prefetch={false} className={buttonStyles({ size: 'sm' })}>
          <SquareArrowOutUpRight aria-hidden />
          {t('request')}
        </Link>
      ) : (
        <p className="text-muted text-sm">{t('noRequest')}</p>
      )}
      <Part title={t('charges')}>
        <EntryCharges charges={charges} />
      </Part>
      {receipts ? (
        <Part title={t('receipts')}>
          <EntryReceipts receipts={receipts} />
        </Part>
      ) : null}
      <Part title={t('proof')}>
        <EntryProof entry={entry} />
      </Part>
    </>
  );
}

function EntryProof({ entry }: Pick<EntryDetail, 'entry'>) {
  const t = useTranslations('account');
  const { leafHash, requestId, kind, mayOpenRequest } = entry;
  if (!leafHash) return <p className="text-muted text-sm">{t('entry.noLeaf')}</p>;
  if (mayOpenRequest) return <LeafProof requestId={requestId} leaf={{ type: `ledger.${kind}`, leafHash }} />;
  return (
    <>
      <Hash value={leafHash} what={t('leafHash')} />
      <p className="text-muted text-sm">{t('entry.leafOnly')}</p>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-t pt-4">
      <h3 className="font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}
