'use client';

import { useTranslations } from 'next-intl';
import type { RequestDetail } from '#lib/requests/get-request';
import { Panel } from '../ui/panel.tsx';
import { LeafProof } from './leaf-proof.tsx';

type Leaf = RequestDetail['leaves'][number];

/** The request's entries in the audit log, each proved to be in it, by this browser. */
export function AuditPanel({ requestId, leaves }: { requestId: string; leaves: Leaf[] }) {
  const t = useTranslations('request');
  return (
    <Panel title={t('audit')}>
      {leaves.length === 0 ? <p className="text-muted text-sm">{t('noLeaf')}</p> : null}
      <ul className="flex flex-col divide-y">
        {leaves.map((leaf) => (
          <li key={leaf.leafHash} className="py-4 first:pt-0 last:pb-0">
            <LeafProof requestId={requestId} leaf={leaf} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
