'use client';

import { Clock3, ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { Hash } from '../ui/hash.tsx';
import { StateBadge } from '../ui/state.tsx';
import { LeafChecks } from './leaf-checks.tsx';
import { useLeafCheck } from './use-leaf-check.ts';

const LOOKS = {
  holds: { tone: 'ok', icon: ShieldCheck },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: ShieldQuestion },
} as const;

type Props = { requestId: string; leaf: { type: string; leafHash: string } };

/** One entry of the audit log, proved by this browser to be in it. */
export function LeafProof({ requestId, leaf }: Props) {
  const t = useTranslations('request');
  const common = useTranslations('common');
  const { data, error, refetch } = useLeafCheck(requestId, leaf.leafHash);
  const found = data?.status === 'found' ? data : null;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">{t(leafKey(leaf.type))}</span>
        <span aria-live="polite">
          {found ? (
            <StateBadge {...LOOKS[found.verdict.overall]}>{t(`proof.${found.verdict.overall}`)}</StateBadge>
          ) : error ? (
            <StateBadge tone="danger">{t('proof.failed')}</StateBadge>
          ) : (
            <StateBadge tone="info" icon={Clock3}>
              {t(data ? 'proof.pending' : 'proof.checking')}
            </StateBadge>
          )}
        </span>
        <Hash value={leaf.leafHash} what={t('leafHash')} />
        {error ? (
          <Button size="sm" onClick={() => refetch()}>
            {common('retry')}
          </Button>
        ) : null}
      </div>
      {found ? <LeafChecks proof={found.proof} verdict={found.verdict} /> : null}
    </div>
  );
}

function leafKey(type: string) {
  const known = ['ledger.reserve', 'ledger.settle', 'ledger.release', 'ledger.adjust'] as const;
  const name = known.find((candidate) => candidate === type)?.slice('ledger.'.length) as
    | 'reserve'
    | 'settle'
    | 'release'
    | 'adjust'
    | undefined;
  return `leafTypes.${name ?? 'other'}` as const;
}
