import { useRegion, useTimeZone } from '../ui/time.tsx';

/** A moment inside a sentence, in the viewer's zone. */
export function useWhen(): (at: number | string | Date) => string {
  const region = useRegion();
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return (at) => format.format(new Date(at));
}
