import type { Locale } from './locales.ts';
import type messages from './messages/en.json';

// Makes every message key and argument checked by tsc.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}
