'use client';

import { Clock3, ShieldCheck, ShieldQuestion, ShieldX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import { Button } from '../ui/button.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';
import { LeafChecks } from './leaf-checks.tsx';
import { useLeafCheck } from './use-leaf-check.ts';

type Leaf = RequestDetail['leaves'][number];

const LOOKS = {
  holds: { tone: 'ok', icon: ShieldCheck },
  fails: { tone: 'danger', icon: ShieldX },
  unable: { tone: 'attention', icon: ShieldQuestion },
} as const;

/** The request's entries in the audit log, each proved to be in it, by this browser. */
export function AuditPanel({ requestId, leaves }: { requestId: string; leaves: Leaf[] }) {
  const t = useTranslations('request');
  return (
    <Panel title={t('audit')}>
      {leaves.length === 0 ? <p className="text-muted text-sm">{t('noLeaf')}</p> : null}
      <ul className="flex flex-col divide-y">
        {leaves.map((leaf) => (
          <LeafProof key={leaf.leafHash} requestId={requestId} leaf={leaf} />
        ))}
      </ul>
    </Panel>
  );
}

function LeafProof({ requestId, leaf }: { requestId: string; leaf: Leaf }) {
  const t = useTranslations('request');
  const common = useTranslations('common');
  const { data, error, refetch } = useLeafCheck(requestId, leaf.leafHash);
  const found = data?.status === 'found' ? data : null;
  return (
    <li className="flex flex-col gap-3 py-4 text-sm first:pt-0 last:pb-0">
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
    </li>
  );
}

function leafKey(type: string) {
  const known = ['ledger.reserve', 'ledger.settle', 'ledger.release'] as const;
  const name = known.find((candidate) => candidate === type)?.slice('ledger.'.length) as
    | 'reserve'
    | 'settle'
    | 'release'
    | undefined;
  return `leafTypes.${name ?? 'other'}` as const;
}
