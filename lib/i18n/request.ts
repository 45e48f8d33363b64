import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { toZone, ZONE_COOKIE } from '../time/zone.ts';
import { LOCALE_COOKIE, toLocale } from './locales.ts';

/** Which language a page is answered in, and its words. Times are in the viewer's zone once the browser has told it, in UTC before. */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const locale = toLocale(jar.get(LOCALE_COOKIE)?.value);
  const { default: messages } = await import(`./messages/${locale}.json`);
  return { locale, messages, timeZone: toZone(jar.get(ZONE_COOKIE)?.value) };
});
