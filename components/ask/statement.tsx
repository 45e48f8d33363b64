'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { givenBackRho } from '#lib/requests/given-back';
import type { Drawn, PrivacyStatement } from '#lib/requests/router-replies';
import { buttonStyles } from '../ui/button.tsx';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { useProtection } from '../use-protection.tsx';
import { useVocabulary } from '../use-vocabulary.ts';
import { mechanismTerm } from '../vocabulary-terms.ts';

type Props = {
  privacy: PrivacyStatement;
  /** What it was priced at when it was asked, where that is still known. */
  quotedRho: string | null;
};

/** What an answer can reveal and what it cost. */
export function Statement({ privacy, quotedRho }: Props) {
  const t = useTranslations('answer');
  const quote = useTranslations('quote');
  const words = useVocabulary();
  const { epsilon, delta, nodes, shards, receipt, requestId, drawn, mechanism } = privacy;
  const charged = Number(privacy.rho) > 0;
  const drawnItems = useDrawnItems(drawn ?? null);
  const protection = useProtection(privacy);
  const givenBack = givenBackRho(privacy, quotedRho);
  return (
    <Panel title={t('statement')}>
      <div data-testid="statement" className="flex flex-col gap-4">
        {charged && epsilon != null && delta != null ? (
          <p>{t.rich('statementSentence', { epsilon: () => <Epsilon epsilon={epsilon} delta={delta} /> })}</p>
        ) : (
          <p>{t('publicStatement')}</p>
        )}
        <Properties
          items={[
            { name: <Term name="rho">{t('charged')}</Term>, value: <Rho rho={privacy.rho} /> },
            ...(givenBack === null ? [] : [{ name: t('givenBack'), value: <Rho rho={givenBack} /> }]),
            ...drawnItems,
            ...(charged
              ? [
                  {
                    name: <Term name={mechanismTerm(mechanism)}>{t('mechanism')}</Term>,
                    value: words.mechanism(mechanism),
                  },
                  ...protection,
                  {
                    name: <Term name="shard">{t('cohort')}</Term>,
                    value: quote('cohort', { nodes: nodes ?? 0, shards: shards ?? 0 }),
                  },
                ]
              : []),
            ...(receipt
              ? [
                  {
                    name: <Term name="leafHash">{t('receipt')}</Term>,
                    value: <Hash value={receipt.leafHash} what={t('leafHash')} />,
                  },
                ]
              : []),
          ]}
        />
        {requestId ? (
          <Link href={`/requests/${requestId}`} className={buttonStyles()}>
            {t('open')}
            <ArrowRight aria-hidden />
          </Link>
        ) : null}
      </div>
    </Panel>
  );
}

/** What decided how much of the reservation was used. */
function useDrawnItems(drawn: Drawn | null) {
  const t = useTranslations('answer');
  if (drawn === null) return [];
  if ('test' in drawn)
    return [
      { name: <Term name="consensus">{t('test')}</Term>, value: t(`tests.${drawn.test}`) },
      { name: t('winner'), value: t(drawn.reached ? 'reached' : 'notReached') },
    ];
  const { tokens, maxTokens, clip, ended } = drawn;
  return [
    { name: t('tokens'), value: t('tokensText', { tokens, maxTokens }) },
    { name: t('ended'), value: t(`endings.${ended}`) },
    { name: <Term name="clip">{t('clip')}</Term>, value: t('clipText', { clip }) },
  ];
}
