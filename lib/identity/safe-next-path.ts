const ANY_ORIGIN = 'http://origin.invalid';

/** Where to go after signing in: a path of this site, or `fallback` for anything that would lead elsewhere. */
export function safeNextPath(next: string | null | undefined, fallback = '/'): string {
  if (!next?.startsWith('/') || !URL.canParse(next, ANY_ORIGIN)) return fallback;
  const url = new URL(next, ANY_ORIGIN);
  return url.origin === ANY_ORIGIN ? `${url.pathname}${url.search}` : fallback;
}
