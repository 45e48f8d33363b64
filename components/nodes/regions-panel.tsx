'use client';

import { useTranslations } from 'next-intl';
import type { RegionCounts } from '#lib/nodes/region-counts';
import { cn } from '../ui/cn.ts';
import { useTableAddress } from '../ui/data-table/use-table-address.ts';
import { Panel } from '../ui/panel.tsx';
import { nodesShape } from './nodes-shape.ts';
import { lookOf, RegionMap } from './region-map.tsx';

/** The map and the same as a list. Choosing a region narrows the table below, and is part of the address. */
export function RegionsPanel({ regions }: { regions: RegionCounts[] }) {
  const t = useTranslations('nodes.map');
  const states = useTranslations('nodes.states');
  const { query, change } = useTableAddress(nodesShape, false);
  const chosen = query.filters.region ?? [];
  const choose = (code: string) => {
    const region = chosen.includes(code) ? chosen.filter((other) => other !== code) : [...chosen, code];
    change({ filters: { ...query.filters, region } });
  };
  return (
    <Panel title={t('title')} flush>
      <div className="grid lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="p-4">
          <RegionMap regions={regions} chosen={chosen} onChoose={choose} />
        </div>
        <ul aria-label={t('list')} className="divide-y border-t lg:border-t-0 lg:border-l">
          {regions.map((region) => {
            const { icon: Icon, text } = lookOf(region);
            return (
              <li
                key={region.code}
                className={cn(
                  'flex flex-col gap-0.5 px-4 py-3',
                  chosen.includes(region.code) && 'bg-accent-soft',
                )}
              >
                <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="font-medium">{region.code}</span>
                  <span className={cn('inline-flex items-center gap-1 text-sm', text)}>
                    <Icon aria-hidden className="size-4" />
                    {region.nodes === 0
                      ? t('noneYet')
                      : t('connected', { connected: region.connected, nodes: region.nodes })}
                  </span>
                </span>
                <span className="text-muted text-sm">
                  {region.name ?? t('noPlace')}
                  {' · '}
                  {region.states.map(({ state, count }) => `${states(state)}: ${count}`).join(' · ')}
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </Panel>
  );
}
