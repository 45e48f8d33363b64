/** The languages the console speaks. A new one is a file in messages/ and an entry here. */
export const LOCALES = ['en'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = 'fdlr-locale';

/** The locale a cookie names, English where it names none of ours. */
export function toLocale(value: string | undefined): Locale {
  return LOCALES.find((locale) => locale === value) ?? 'en';
}
