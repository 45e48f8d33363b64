import { webEnv } from '#lib/env';

/** Cookies carry the data folder's prefix, so that two instances on one host do not sign each other out. */
export function cookieNames() {
  const prefix = webEnv().FDLR_COOKIE_PREFIX;
  return {
    session: `${prefix}.session-token`,
    csrf: `${prefix}.csrf-token`,
    callback: `${prefix}.callback-url`,
  };
}

export function secureCookies(): boolean {
  return webEnv().NEXTAUTH_URL.startsWith('https://');
}
