import 'server-only';
import { cookies } from 'next/headers';
import { toZone, ZONE_COOKIE } from '#lib/time/zone';

/** The viewer's time zone, as their browser has told; UTC on the very first page. */
export async function viewerZone(): Promise<string> {
  return toZone((await cookies()).get(ZONE_COOKIE)?.value);
}
