const ANY_ORIGIN = 'http://origin.invalid';

/**
 * Where to go after signing in: a path of this site, or `fallback` for anything that would lead elsewhere. Judged by
 * what a browser makes of it: `/.//evil.example` parses to a path that begins with two slashes and so names a host.
 */
export function safeNextPath(next: string | null | undefined, fallback = '/'): string {
  if (!next?.startsWith('/') || !URL.canParse(next, ANY_ORIGIN)) return fallback;
  const { origin, pathname, search } = new URL(next, ANY_ORIGIN);
  return origin === ANY_ORIGIN && !pathname.startsWith('//') ? `${pathname}${search}` : fallback;
}
