import { expect, it } from 'vitest';
import { documentSchema } from '#lib/openapi/read-document';
import type { RouterContext } from '../context.ts';
import { createGateway } from '../gateway/server.ts';
import { routerDocument } from './router-document.ts';

const URL_BASE = 'http://localhost:3001';
/** The one route with a wildcard. */
const WILDCARD = '/v1/audit/tile/{path}';
/** For the operator and the document itself, not for callers. */
const NOT_DESCRIBED = ['GET /healthz', 'GET /readyz', 'GET /openapi.json'];

it('describes every route there is, and none that there is not', async () => {
  const described = Object.entries(routerDocument(URL_BASE).paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const context = { env: { FDLR_PUBLIC_API_URL: URL_BASE } } as RouterContext;
  const app = createGateway(context);
  await app.ready();
  const routed = routesOf(app.printRoutes({ commonPrefix: false }));
  expect(routed.length).toBeGreaterThan(5);
  expect(routed.filter((route) => !NOT_DESCRIBED.includes(route)).sort()).toEqual(described.sort());
});

/** Of the printed tree: what stands below a route continues its path; a wildcard is printed without what is before it. */
function routesOf(tree: string): string[] {
  const parents: string[] = [];
  return [...tree.matchAll(/^([ \u2502]*)[\u251c\u2514]\u2500\u2500 (\S+) \(([^)]+)\)$/gm)].flatMap(
    ([, indent, part, methods]) => {
      const depth = indent!.length / 4;
      const path = part === '*' ? WILDCARD : (depth > 0 ? parents[depth - 1]! : '') + part;
      parents[depth] = path;
      const written = path.replace(/:(\w+)/g, '{$1}');
      return methods!
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${written}`);
    },
  );
}

it('every $ref leads somewhere, and the page about it can read it', () => {
  const document = routerDocument(URL_BASE);
  documentSchema.parse(document);
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(0);
  for (const [, name] of refs) expect(document.components?.schemas).toHaveProperty(name!);
});
