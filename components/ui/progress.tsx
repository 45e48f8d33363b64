'use client';

import { Progress as Base } from '@base-ui/react/progress';
import { useLocale } from 'next-intl';
import { formatShare } from '#lib/i18n/quantities';

type Props = {
  label: string;
  /** In [0, 1]; null while nobody knows how much there is. */
  share: number | null;
  /** "3 of 4 hospitals"; a percentage where it is left out. */
  text?: string;
};

/** How far something is. What is spent of a cap is `AccountBar`'s. */
export function Progress({ label, share, text }: Props) {
  const locale = useLocale();
  const words = text ?? (share === null ? '' : formatShare(share, locale));
  return (
    <Base.Root
      value={share === null ? null : share * 100}
      getAriaValueText={() => words}
      className="flex flex-col gap-1"
    >
      <div className="flex justify-between gap-4 text-sm">
        <Base.Label>{label}</Base.Label>
        <span aria-hidden className="figures text-muted">
          {words}
        </span>
      </div>
      <Base.Track
        data-bar="track"
        className="h-2 overflow-hidden rounded-full border border-line-strong bg-sunken"
      >
        <Base.Indicator className="h-full bg-accent data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
