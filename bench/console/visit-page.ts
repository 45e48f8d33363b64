import type { Browser, BrowserContext } from '@playwright/test';

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

export type Visit = {
  /** From the start of the navigation until the page's heading stands, nothing is loading and React answers to clicks. */
  interactiveMs: number;
  /** Scripts as they came over the wire (gzip), in bytes, with an empty cache. */
  scriptBytes: number;
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
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.fdlrInteractiveMs !== undefined, null, { timeout: GIVE_UP_MS });
    const interactiveMs = await page.evaluate(() => window.fdlrInteractiveMs ?? Number.NaN);
    // Whatever is loaded lazily right after the first paint belongs to the first load too.
    await page.waitForLoadState('load');
    const scriptBytes = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((entry) => entry.initiatorType === 'script' || /\.js(\?|$)/.test(entry.name))
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    );
    return { interactiveMs, scriptBytes, failures };
  } finally {
    await context.close();
  }
}
