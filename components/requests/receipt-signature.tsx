'use client';

import { ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import { Hash } from '../ui/hash.tsx';
import { StateBadge } from '../ui/state.tsx';

type Receipt = RequestDetail['receipts'][number]['receipts'][number];

const LOOKS = {
  holds: { tone: 'ok', icon: ShieldCheck },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: ShieldQuestion },
} as const;

/** Whether the receipt's signature holds, computed anew, and the way to it: receipts of one sync share one. */
export function ReceiptSignature({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('request.signatures');
  return (
    <details className="text-left">
      <summary className="w-fit cursor-pointer rounded-sm">
        <StateBadge {...LOOKS[receipt.verdict]}>{t(receipt.verdict)}</StateBadge>
      </summary>
      <div className="mt-2 flex flex-col gap-1 text-muted text-xs">
        <p>{t('path', { count: receipt.batchPath.length })}</p>
        {receipt.batchPath.length > 0 ? (
          <ol className="flex flex-col gap-0.5">
            {receipt.batchPath.map(({ side, hash }, index) => (
              // A path may hold a hash twice; its place names it.
              <li key={index} className="flex items-center gap-2">
                <span className="w-9">{t(side)}</span>
                <Hash value={hash} what={t('pathHash')} />
              </li>
            ))}
          </ol>
        ) : null}
        <p className="flex items-center gap-2">
          {t('signature')} <Hash value={receipt.signature} what={t('signature')} />
        </p>
      </div>
    </details>
  );
}
