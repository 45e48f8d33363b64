'use client';

import { CircleCheck, CircleDashed, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RegionCounts } from '#lib/nodes/region-counts';
import { cn } from '../ui/cn.ts';
import land from './world-land.svg';

type Props = { regions: RegionCounts[]; chosen: readonly string[]; onChoose: (code: string) => void };

/** The land takes the theme's colour: the picture is only its shape. */
const LAND = `url(${land.src}) center / 100% 100% no-repeat`;

/** Where the nodes are. A marker is a button that narrows the table to its region; all it says stands in the list. */
export function RegionMap({ regions, chosen, onChoose }: Props) {
  return (
    <div className="relative mx-auto aspect-[1000/450] w-full max-w-2xl">
      <div
        aria-hidden
        data-bar="land"
        className="absolute inset-0 bg-line"
        style={{ mask: LAND, WebkitMask: LAND }}
      />
      {regions.map((region) =>
        region.place ? (
          <button
            key={region.code}
            type="button"
            aria-pressed={chosen.includes(region.code)}
            {...(chosen.includes(region.code) ? { 'data-pressed': '' } : {})}
            onClick={() => onChoose(region.code)}
            style={{ left: `${region.place.x * 100}%`, top: `${region.place.y * 100}%` }}
            className={cn(
              'absolute inline-flex h-7 -translate-x-1/2 -translate-y-1/2 items-center gap-1 rounded-full border bg-raised px-2 font-medium text-xs hover:border-ink',
              lookOf(region).text,
              chosen.includes(region.code) ? 'border-accent ring-2 ring-accent' : 'border-line-strong',
            )}
          >
            <Marker region={region} />
          </button>
        ) : null,
      )}
    </div>
  );
}

function Marker({ region }: { region: RegionCounts }) {
  const t = useTranslations('nodes.map');
  const { icon: Icon } = lookOf(region);
  return (
    <>
      <Icon aria-hidden className="size-3.5" />
      <span className="figures">
        {region.connected}/{region.nodes}
      </span>
      <span className="hidden whitespace-nowrap text-ink xl:inline">{region.code}</span>
      <span className="sr-only">
        {t('marker', {
          region: region.name ?? region.code,
          nodes: region.nodes,
          connected: region.connected,
        })}
      </span>
    </>
  );
}

export function lookOf({ nodes, connected }: RegionCounts): { icon: LucideIcon; text: string } {
  if (nodes === 0) return { icon: CircleDashed, text: 'text-muted' };
  if (connected === nodes) return { icon: CircleCheck, text: 'text-ok' };
  if (connected > 0) return { icon: TriangleAlert, text: 'text-attention' };
  return { icon: CircleX, text: 'text-danger' };
}
