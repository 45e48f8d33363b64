'use client';

import { useTranslations } from 'next-intl';
import { Hash } from '../ui/hash.tsx';
import { Panel, Properties } from '../ui/panel.tsx';
import { Epsilon, Rho } from '../ui/quantity.tsx';
import { Term } from '../ui/term.tsx';
import { Time } from '../ui/time.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { Tree } from '../ui/tree.tsx';

const HASH = '0123456789abcdef0123456789abcdef';
const MOMENT = '2026-03-29T01:30:00Z';

/** What is not a table: properties, steps, things inside things. */
export function ListSamples() {
  const t = useTranslations('design.lists');
  return (
    <div className="grid grid-cols-1 gap-6 lg:grid-cols-2 xl:grid-cols-3">
      <Panel title={t('properties')}>
        <Properties
          items={[
            {
              name: <Term name="epsilon">{t('privacy')}</Term>,
              value: <Epsilon epsilon={0.1} delta="0.00001" />,
            },
            { name: t('cost'), value: <Rho rho="0.000433211987" /> },
            { name: t('id'), value: <Hash value={HASH} what={t('id')} /> },
            { name: t('when'), value: <Time at={MOMENT} /> },
          ]}
        />
      </Panel>
      <Panel title={t('timeline')}>
        <Timeline
          waiting={t('waiting')}
          steps={[
            { key: 'a', title: t('invited'), time: '2 s', state: { tone: 'ok', word: t('done') } },
            {
              key: 'b',
              title: t('certified'),
              time: '41 s',
              detail: t('slowly'),
              state: { tone: 'attention', word: t('done') },
            },
            { key: 'c', title: t('admitted'), state: null },
          ]}
        />
      </Panel>
      <Panel title={t('tree')}>
        <Tree
          label={t('tree')}
          items={[
            {
              key: 'a',
              label: t('hospital'),
              aside: '4',
              children: [
                { key: 'b', label: t('shard'), aside: '2', children: [{ key: 'c', label: t('record') }] },
                { key: 'd', label: t('shard'), aside: '2' },
              ],
            },
          ]}
        />
      </Panel>
    </div>
  );
}
