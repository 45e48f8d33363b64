import { expect, it } from 'vitest';
import { leavesPage } from './leaves-page.ts';

const here = 'https://console.example/ask?range=7d';
const click = { button: 0, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

function link(href: string, more: { target?: string; download?: boolean } = {}) {
  const { origin, pathname } = new URL(href, here);
  const { target = '', download = false } = more;
  return { href, target, origin, pathname, hasAttribute: (name: string) => download && name === 'download' };
}

it('is a plain click on a link to another page', () => {
  expect(leavesPage(click, link('/requests'), here)).toBe(true);
  expect(leavesPage(click, link('/requests', { target: '_self' }), here)).toBe(true);
});

it.each([
  ['this page', link('/ask?range=1d'), {}],
  ['a part of it', link('#main'), {}],
  ['a tab of its own', link('/requests', { target: '_blank' }), {}],
  ['a file', link('/api/export', { download: true }), {}],
  ['another site, before which the browser asks', link('https://elsewhere.example/requests'), {}],
  ['a new tab, by key', link('/requests'), { ctrlKey: true }],
  ['a new tab, by the middle button', link('/requests'), { button: 1 }],
])('is not one on a link to %s', (_, to, how) => {
  expect(leavesPage({ ...click, ...how }, to, here)).toBe(false);
});
