const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps a choice of appearance in a cookie, so that the server renders the next page with it. */
export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we support
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
