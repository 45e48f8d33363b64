import type { Browser, BrowserContext } from '@playwright/test';

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export type Visit = {
  /** From the start of the navigation until the page's heading stands, nothing is loading and React answers to clicks. */
  interactiveMs: number;
  /** The scripts that the page's HTML names, as they came over the wire (gzip), in bytes, with an empty cache. */
  scriptBytes: number;
  /** Scripts that those fetched on their own until the page was loaded: charts, what is checked behind the page. */
  lazyScriptBytes: number;
  /** Requests that failed or were refused, which a page must not have. */
  failures: string[];
};

declare global {
  interface Window {
    fdlrInteractiveMs?: number;
  }
}

/** Runs in the page before anything else: notes when the page became interactive. */
function noteInteractive(): void {
  const look = () => {
    const main = document.querySelector('#main');
    const button = document.querySelector('header button');
    const taken = button && Object.keys(button).some((key) => key.startsWith('__reactProps'));
    const busy = main?.querySelector('[aria-busy="true"]');
    if (main?.querySelector('h1') && taken && !busy) window.fdlrInteractiveMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

const GIVE_UP_MS = 30_000;

/** Paths of the scripts that a page's HTML names in its tags. Old browsers' own are named too, and not downloaded. */
function scriptsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/ (?:src|href)="(\/[^"?]+\.js)[^"]*"/g)].map(([, path]) => path ?? ''));
}

/** Opens a page in a browser that has never seen the console, signed in by `cookies`. */
export async function visitPage(browser: Browser, url: string, cookies: Cookies): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    await context.addCookies(cookies);
    await context.addInitScript(noteInteractive);
    const page = await context.newPage();
    const failures: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) failures.push(`${response.status()} ${response.url()}`);
    });
    const response = await page.goto(url, { waitUntil: 'commit' });
    const named = scriptsOf((await response?.text()) ?? '');
    await page.waitForFunction(() => window.fdlrInteractiveMs !== undefined, null, { timeout: GIVE_UP_MS });
    const interactiveMs = await page.evaluate(() => window.fdlrInteractiveMs ?? Number.NaN);
    await page.waitForLoadState('load');
    const [asked, shown] = [new URL(url).pathname, new URL(page.url()).pathname];
    if (asked !== shown) failures.push(`${asked} led to ${shown}`);
    const scripts = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((entry) => entry.initiatorType === 'script' || /\.js(\?|$)/.test(entry.name))
        .map((entry) => ({ path: new URL(entry.name).pathname, bytes: entry.encodedBodySize })),
    );
    const sum = (ofHtml: boolean) =>
      scripts.filter(({ path }) => named.has(path) === ofHtml).reduce((total, { bytes }) => total + bytes, 0);
    return { interactiveMs, scriptBytes: sum(true), lazyScriptBytes: sum(false), failures };
  } finally {
    await context.close();
  }
}
