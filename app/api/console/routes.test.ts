import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import type { ConsoleRoute } from '#lib/console-api/definition';
import { CONSOLE_ROUTES } from '#lib/console-api/routes';
import { consoleDocument } from '#lib/openapi/console-document';
import { documentSchema } from '#lib/openapi/read-document';

const HERE = import.meta.dirname;
const APP = join(HERE, '../..');
/** What answers beside the console's API: what has no such route (404), the session's cookies, made-up samples. */
const OTHERS = ['(console)/design/export', 'api/[...path]', 'api/auth/[...nextauth]'];
const DEFINITIONS = join(HERE, '../../../lib/console-api');

/** Every `export const METHOD = readRoute(DEFINITION, ...)` under this folder. */
function bindings() {
  return readdirSync(HERE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === 'route.ts')
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const folder = relative(HERE, dirname(file)).split(sep).join('/');
      const path = `/api/console/${folder.replace(/\[(\w+)\]/g, '{$1}')}`;
      const source = readFileSync(file, 'utf8');
      const exported = [...source.matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)];
      const bound = [
        ...source.matchAll(
          /export const (GET|POST|PUT|PATCH|DELETE) = (?:readRoute|writeRoute|signedOutRoute)\(\s*([A-Z_]+),/g,
        ),
      ];
      // One that is bound in another way would be neither checked nor described.
      expect(bound.length, file).toBe(exported.length);
      expect(bound.length, file).toBeGreaterThan(0);
      return bound.map(([, method, name]) => ({ method: method!, path, name: name! }));
    });
}

async function definitionsByName(): Promise<Map<string, ConsoleRoute>> {
  const files = readdirSync(DEFINITIONS).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
  const modules = await Promise.all(files.map((name) => import(join(DEFINITIONS, name))));
  return new Map(modules.flatMap((module) => Object.entries(module as Record<string, ConsoleRoute>)));
}

it('every route is bound to the definition of its own method and path, and every definition has its route', async () => {
  const definitions = await definitionsByName();
  for (const { method, path, name } of bindings())
    expect(definitions.get(name), `${name} at ${path}`).toMatchObject({ method, path });
  const names = (routes: { method: string; path: string }[]) =>
    routes.map(({ method, path }) => `${method} ${path}`).sort();
  expect(names(bindings())).toEqual(names([...CONSOLE_ROUTES]));
});

it('there is no other route: nothing answers without a definition', () => {
  const folders = readdirSync(APP, { recursive: true, withFileTypes: true })
    .filter((entry) => /^route\.[jt]sx?$/.test(entry.name))
    .map((entry) => relative(APP, entry.parentPath).split(sep).join('/'));
  expect(folders.filter((folder) => !folder.startsWith('api/console/')).toSorted()).toEqual(OTHERS);
});

it('the document describes each of them, with what it takes and how it fails', () => {
  const document = consoleDocument('http://localhost:3000');
  // The page about it reads it.
  documentSchema.parse(document);
  const { paths = {} } = document;
  for (const route of CONSOLE_ROUTES) {
    const item = paths[route.path] as Record<string, Record<string, unknown>> | undefined;
    const operation = item?.[route.method.toLowerCase()];
    expect(operation, `${route.method} ${route.path}`).toMatchObject({ summary: route.summary });
    expect(operation?.responses).toHaveProperty(['default', 'content', 'application/problem+json']);
    expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
  }
});
