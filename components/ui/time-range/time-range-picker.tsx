'use client';

import { CalendarRange, Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useState, useTransition } from 'react';
import { RANGE_PRESETS, type TimeRange } from '#lib/time/range-presets';
import { TopBarSlot } from '../../shell/top-bar-slot.tsx';
import { cn } from '../cn.ts';
import { Popover } from '../popover.tsx';
import { useRegion } from '../time.tsx';
import { CustomRange } from './custom-range.tsx';
import { dayIn } from './day-in.ts';

type Props = {
  /** As the page on the server has read it from its address, with `parseRange`. */
  range: TimeRange;
  /** Parameters that mean nothing in another range: the place in a paged list. */
  clears?: string[];
};

/** The time that the page is about, in the top bar. It is part of the address; the page asks for its data anew. */
export function TimeRangePicker({ range, clears = ['after', 'peek'] }: Props) {
  const t = useTranslations('timeRange');
  const region = useRegion();
  const [open, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const names = ['range', 'from', 'to', ...clears];
  const [, setParams] = useQueryStates(Object.fromEntries(names.map((name) => [name, parseAsString])), {
    shallow: false,
    history: 'push',
    startTransition,
  });
  function choose(next: { range: string; from?: string; to?: string }) {
    setOpen(false);
    const nothing = Object.fromEntries(names.map((name) => [name, null]));
    void setParams({ ...nothing, ...next });
  }
  const from = dayIn(range.from, range.zone);
  // The end is not in the range: the moment before it is its last.
  const to = dayIn(new Date(Date.parse(range.to) - 1).toISOString(), range.zone);
  const days = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeZone: range.zone });
  const words =
    range.preset === 'custom'
      ? days.formatRange(new Date(range.from), new Date(Date.parse(range.to) - 1))
      : t(`presets.${range.preset}`);
  return (
    <TopBarSlot>
      <Popover
        label={t('label')}
        open={open}
        onOpenChange={setOpen}
        busy={isPending}
        trigger={
          <>
            <CalendarRange aria-hidden />
            <span className="sr-only">{t('label')}: </span>
            <span className={cn('max-sm:sr-only', isPending && 'text-muted')}>{words}</span>
          </>
        }
      >
        <div className="flex w-72 max-w-full flex-col">
          <ul className="flex flex-col">
            {RANGE_PRESETS.filter((preset) => preset !== 'custom').map((preset) => (
              <li key={preset}>
                <button
                  type="button"
                  aria-pressed={preset === range.preset}
                  onClick={() => choose({ range: preset })}
                  className="flex h-9 w-full items-center gap-2 rounded-sm px-2 text-sm hover:bg-sunken"
                >
                  <span className="flex-1 text-left">{t(`presets.${preset}`)}</span>
                  {preset === range.preset ? <Check aria-hidden className="size-4" /> : null}
                </button>
              </li>
            ))}
          </ul>
          <CustomRange from={from} to={to} onChoose={(days) => choose({ range: 'custom', ...days })} />
          <p className="border-t px-2 py-2 text-muted text-xs">{t('zone', { zone: range.zone })}</p>
        </div>
      </Popover>
    </TopBarSlot>
  );
}
