'use client';

import { useQuery } from '@tanstack/react-query';
import { Clock3 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { proofReplySchema } from '#lib/requests/router-replies';
import { consoleApi } from '../console-api.ts';
import { Button } from '../ui/button.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state.tsx';

type Leaf = { type: string; leafHash: string };

/** Whether the request's entries are in the audit log yet, with the router's inclusion proofs. */
export function AuditPanel({ requestId, leaves }: { requestId: string; leaves: Leaf[] }) {
  const t = useTranslations('request');
  return (
    <Panel title={t('audit')}>
      {leaves.length === 0 ? <p className="text-muted text-sm">{t('noLeaf')}</p> : null}
      <ul className="flex flex-col gap-4">
        {leaves.map((leaf) => (
          <LeafProof key={leaf.leafHash} requestId={requestId} leaf={leaf} />
        ))}
      </ul>
    </Panel>
  );
}

/** A leaf is taken into the log within a second or so. */
const RECHECK_MS = 2_000;

function LeafProof({ requestId, leaf }: { requestId: string; leaf: Leaf }) {
  const t = useTranslations('request');
  const common = useTranslations('common');
  const query = useQuery({
    queryKey: ['proof', leaf.leafHash],
    queryFn: ({ signal }) =>
      consoleApi(`/api/console/requests/${requestId}/proof/${leaf.leafHash}`, proofReplySchema, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? RECHECK_MS : false),
  });
  const proof = query.data?.status === 'found' ? query.data : null;
  return (
    <li className="flex flex-col gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1" aria-live="polite">
        {proof ? (
          <StateBadge tone="ok">{t('proof.found')}</StateBadge>
        ) : query.error ? (
          <StateBadge tone="danger">{t('proof.failed')}</StateBadge>
        ) : (
          <StateBadge tone="info" icon={Clock3}>
            {t(query.data ? 'proof.pending' : 'proof.checking')}
          </StateBadge>
        )}
        <Hash value={leaf.leafHash} what={t('leafHash')} />
        <span className="font-mono text-muted text-xs">{leaf.type}</span>
        {query.error ? (
          <Button size="sm" onClick={() => query.refetch()}>
            {common('retry')}
          </Button>
        ) : null}
      </div>
      {proof ? (
        <>
          <p className="figures">
            {t('proof.position', {
              index: String(proof.leafIndex),
              size: String(proof.treeSize),
              length: proof.path.length,
            })}{' '}
            {t('proof.unverified')}
          </p>
          <details>
            <summary className="w-fit rounded-sm text-muted underline decoration-line-strong underline-offset-4">
              {t('proof.show')}
            </summary>
            <div className="mt-2 flex flex-col gap-2 overflow-x-auto rounded-md border bg-sunken p-3">
              <span className="flex items-center gap-2">
                {t('proof.rootHash')} <Hash value={proof.rootHash} what={t('proof.root')} />
              </span>
              <ol className="flex flex-col font-mono text-xs">
                {proof.path.map((hash) => (
                  <li key={hash}>{hash}</li>
                ))}
              </ol>
              {proof.checkpoint ? <pre className="font-mono text-xs">{proof.checkpoint}</pre> : null}
            </div>
          </details>
        </>
      ) : null}
    </li>
  );
}
