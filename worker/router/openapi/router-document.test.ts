import { expect, it } from 'vitest';
import type { RouterContext } from '../context.ts';
import { createGateway } from '../gateway/server.ts';
import { routerDocument } from './router-document.ts';

const URL_BASE = 'http://localhost:3001';
/** For the operator and the document itself, not for callers. */
const NOT_DESCRIBED = ['GET /healthz', 'GET /readyz', 'GET /openapi.json'];

it('describes every route there is, and none that there is not', async () => {
  const described = Object.entries(routerDocument(URL_BASE).paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const context = { env: { FDLR_PUBLIC_API_URL: URL_BASE } } as RouterContext;
  const app = createGateway(context);
  await app.ready();
  const routed = [...app.printRoutes({ commonPrefix: false }).matchAll(/(\/\S*) \(([^)]+)\)/g)].flatMap(
    ([, path, methods]) =>
      methods!
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${path!.replace(/:(\w+)/g, '{$1}')}`),
  );
  expect(routed.length).toBeGreaterThan(5);
  expect(routed.filter((route) => !NOT_DESCRIBED.includes(route)).sort()).toEqual(described.sort());
});

it('every $ref leads somewhere', () => {
  const document = routerDocument(URL_BASE);
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(0);
  for (const [, name] of refs) expect(document.components?.schemas).toHaveProperty(name!);
});
