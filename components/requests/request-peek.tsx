'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseRho } from '#lib/privacy/pico-rho';
import type { RequestRow } from '#lib/requests/list-requests';
import { outcomeOf } from '#lib/requests/request-outcome';
import { Hash } from '../ui/hash.tsx';
import { Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { StateWord } from '../ui/state.tsx';
import { Time } from '../ui/time.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { Reason } from './reason.tsx';
import { RequestStateBadge } from './request-state.tsx';

/** The main facts of a request, beside its list. */
export function RequestPeek({ row }: { row: RequestRow }) {
  const t = useTranslations('request');
  const list = useTranslations('requests');
  const words = useVocabulary();
  const who = row.isOwn ? list('you') : (row.userName ?? list('unknownPerson'));
  const outcome = outcomeOf({
    state: row.state,
    rhoPico: parseRho(row.quotedRho),
    chargedRhoPico: parseRho(row.chargedRho),
  });
  return (
    <>
      {row.isDemoHistory ? (
        <StateWord tone="info" icon={History}>
          {t('demoHistory')}
        </StateWord>
      ) : null}
      <Properties
        items={[
          { name: t('state'), value: <RequestStateBadge state={row.state} /> },
          ...(row.errorCode
            ? [{ name: t('error'), value: <Reason code={row.errorCode} outcome={outcome} /> }]
            : []),
          { name: t('charged'), value: <Rho rho={row.chargedRho} /> },
          {
            name: t('guarantee'),
            value:
              row.epsilon !== null && row.delta !== null ? (
                <Epsilon epsilon={row.epsilon} delta={row.delta} />
              ) : (
                '–'
              ),
          },
          { name: t('by'), value: row.viaApiKey ? `${who}, ${t('byKey')}` : who },
          { name: t('department'), value: row.departmentName ?? '–' },
          { name: t('purpose'), value: row.purpose },
          { name: t('route'), value: words.route(row.route) },
          { name: t('mechanism'), value: words.mechanism(row.mechanism) },
          {
            name: t('cohort'),
            value: row.nodes > 0 ? t('cohortText', { nodes: row.nodes, shards: row.shards }) : '–',
          },
          { name: t('asked'), value: <Time at={row.createdAt} short /> },
          { name: t('settled'), value: row.settledAt ? <Time at={row.settledAt} short /> : '–' },
          { name: t('id'), value: <Hash value={row.id} what={t('idName')} /> },
        ]}
      />
    </>
  );
}
