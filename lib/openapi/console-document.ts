import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import type { ConsoleRoute } from '#lib/console-api/definition';
import { CONSOLE_ROUTES } from '#lib/console-api/routes';
import { MATRIX } from '#lib/identity/permissions';

/** RFC 9457, as app/_server/problem.ts writes it. */
export const problemSchema = z
  .looseObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened, in words that are safe to show.' }),
    code: z.string().meta({ description: 'Stable and machine-readable.', example: 'not_found' }),
    param: z.string().optional().meta({ description: 'The field at fault.' }),
    reference: z.uuid().meta({ description: 'The id of the request, also in x-request-id and in the logs.' }),
  })
  .meta({ id: 'Problem' });

/** The OpenAPI document of the console's own API, written from the definitions its routes are built from. */
export function consoleDocument(origin: string) {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of CONSOLE_ROUTES) {
    paths[route.path] ??= {};
    paths[route.path]![route.method.toLowerCase()] = operationOf(route);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Console API',
      version: '1.0.0',
      description:
        "What the console's own pages call. It takes the session cookie and nothing else, and changes only for requests that the console itself sent. Applications use the router's API.",
    },
    servers: [{ url: origin }],
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session-token',
          description: 'Set by signing in; its name begins with a prefix of this installation.',
        },
      },
    },
    paths,
  });
}

function operationOf(route: ConsoleRoute) {
  const { params, query, headers, body, reply } = route;
  const isJson = reply instanceof z.ZodType;
  return {
    operationId: idOf(route),
    summary: route.summary,
    description: [route.description, rolesOf(route)].filter(Boolean).join(' '),
    ...(params || query || headers
      ? {
          requestParams: {
            ...(params ? { path: params } : {}),
            ...(query ? { query } : {}),
            ...(headers ? { header: headers } : {}),
          },
        }
      : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      200: isJson
        ? { description: 'Done.', content: { 'application/json': { schema: reply } } }
        : { description: reply.description, content: { [reply.contentType]: { schema: z.string() } } },
      default: {
        description: 'Refused or failed.',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  };
}

function idOf({ method, path }: ConsoleRoute): string {
  const words = path
    .replace('/api/console/', '')
    .replace(/[{}]/g, '')
    .split(/[^A-Za-z0-9]+/);
  const rest = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${method.toLowerCase()}${rest}`;
}

/** The permission matrix in words: it decides, and so it is what the document says. */
function rolesOf({ action }: ConsoleRoute): string {
  if (action === null) return 'For everybody who is signed in.';
  const roles = Object.entries(MATRIX).filter(([, grants]) => grants[action] !== undefined);
  return `Needs ${action}: ${roles.map(([role]) => role).join(', ')}.`;
}
