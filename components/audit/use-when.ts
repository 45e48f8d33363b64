import { useRegion, useTimeZone } from '../ui/time.tsx';

/** A moment inside a sentence, in the viewer's zone. */
export function useWhen(): (at: number | string | Date, timeStyle?: 'short' | 'medium') => string {
  const region = useRegion();
  const timeZone = useTimeZone();
  return (at, timeStyle = 'short') =>
    new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle, timeZone }).format(new Date(at));
}
