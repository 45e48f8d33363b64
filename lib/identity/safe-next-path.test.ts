import { expect, it } from 'vitest';
import { safeNextPath } from './safe-next-path.ts';

it.each(['/budgets', '/requests?state=failed', '/'])('goes on to %s', (path) => {
  expect(safeNextPath(path)).toBe(path);
});

it.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example/',
  '/x/..//evil.example',
  '/%2e//evil.example',
  '/./\\evil.example',
  'javascript:alert(1)',
  'budgets',
  '',
  undefined,
  null,
])('does not leave the site for %j', (path) => {
  expect(safeNextPath(path, '/ask')).toBe('/ask');
});
