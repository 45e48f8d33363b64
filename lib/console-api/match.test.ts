import { expect, it } from 'vitest';
import { methodsOf } from './match.ts';
import { CONSOLE_ROUTES } from './routes.ts';

it.each([
  ['/api/console/models', ['GET', 'HEAD']],
  ['/api/console/ask', ['POST']],
  ['/api/console/requests/17/proof/abc', ['GET', 'HEAD']],
  ['/api/console/requests/export', ['GET']],
  ['/api/console/budgets/17/export', ['GET']],
  ['/api/console/requests/17/proof', []],
  ['/api/console/requests//proof/abc', []],
  ['/api/console/ask/more', []],
  ['/api/elsewhere', []],
])('%s', (path, methods) => {
  expect(methodsOf(CONSOLE_ROUTES, path)).toEqual(methods);
});

it('no two routes share method and path', () => {
  const names = CONSOLE_ROUTES.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
  expect(new Set(names).size).toBe(names.length);
});

it('every export says that it leaves a leaf', () => {
  const exports = CONSOLE_ROUTES.filter(({ path }) => path.endsWith('/export'));
  expect(exports.length).toBeGreaterThan(0);
  expect(exports.filter((route) => !('leavesLeaf' in route)).map(({ path }) => path)).toEqual([]);
});
