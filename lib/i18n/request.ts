import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { LOCALE_COOKIE, toLocale } from './locales.ts';

/** Which language a page is answered in, and its words. Times are rendered in UTC until the browser knows its zone. */
export default getRequestConfig(async () => {
  const locale = toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  const { default: messages } = await import(`./messages/${locale}.json`);
  return { locale, messages, timeZone: 'UTC' };
});
