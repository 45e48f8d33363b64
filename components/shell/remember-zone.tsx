'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { toZone, ZONE_COOKIE } from '#lib/time/zone';
import { remember } from './remember.ts';

/** Tells the server the viewer's time zone, and has the page rendered again where it was made for another one. */
export function RememberZone({ known }: { known: string }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // A zone that the server would not take is not sent again and again.
    if (!timeZone || toZone(timeZone) === known) return;
    remember(ZONE_COOKIE, toZone(timeZone));
    router.refresh();
  }, [known, router]);
  return null;
}
