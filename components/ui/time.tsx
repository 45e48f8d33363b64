'use client';

import { useTimeZone as useKnownZone, useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** The viewer's time zone; until the browser has taken over the one it told last, so that server and browser agree. */
export function useTimeZone(): string {
  const known = useKnownZone() ?? 'UTC';
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => known,
  );
}

/** How the viewer's region writes dates: en-GB and en-US differ, though the words are the same. */
export function useRegion(): string {
  const locale = useLocale();
  return useSyncExternalStore(
    never,
    () => navigator.languages.find((language) => language.split('-')[0] === locale) ?? locale,
    () => locale,
  );
}

type Props = {
  at: Date | string /** Leave out the seconds and the zone's name, for dense lists. */;
  short?: boolean;
};

/** A moment in the viewer's zone; the whole of it, with the zone, on hover. */
export function Time({ at, short = false }: Props) {
  const locale = useRegion();
  const timeZone = useTimeZone();
  const date = new Date(at);
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(
    date,
  );
  const brief = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    date,
  );
  return (
    <time dateTime={date.toISOString()} title={full} className="whitespace-nowrap">
      {short ? brief : full}
    </time>
  );
}
