import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Nothing on the page as it is breaks a rule of WCAG 2.2 AA that a machine can check, in the light theme and in the
 * dark one, which differs in its colours only: they are all tokens that follow the viewer's scheme.
 * `within` looks at a part alone, where the rest has been looked at.
 */
export async function expectAccessible(
  page: Page,
  { dark = true, within = 'html' }: { dark?: boolean; within?: string } = {},
): Promise<void> {
  await setScheme(page, 'light');
  await expectNoViolation(page, 'light', (axe) => axe.include(within).withTags(WCAG));
  if (!dark) return;
  await setScheme(page, 'dark');
  await expectNoViolation(page, 'dark', (axe) => axe.include(within).withRules(['color-contrast']));
  await setScheme(page, 'light');
}

/** Colours fade from one scheme to the other: what is judged in between is neither. */
async function setScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(async () => {
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fading.map((animation) => animation.finished));
  });
}

async function expectNoViolation(
  page: Page,
  scheme: string,
  rules: (axe: AxeBuilder) => AxeBuilder,
): Promise<void> {
  // Nothing else is read, and gathering the rest takes the longest.
  const { violations } = await rules(
    // There are no frames of elsewhere to gather from, for which it would open a page each time.
    new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(),
  ).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(found, `${page.url()} ${scheme}`).toEqual([]);
}

/** Everything the console's policy blocks or React complains about is a fault. */
export function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()} ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()} ${error.message}`));
  return faults;
}
