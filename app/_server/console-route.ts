import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import type { ConsoleRoute, Sent } from '#lib/console-api/definition';
import { ForbiddenError, InvalidRequestError, NotFoundError, UnauthenticatedError } from '#lib/errors';
import { mayEver } from '#lib/identity/permissions';
import { REQUEST_ID_HEADER, withRequest } from '#lib/request-context';
import { getActor } from './actor.ts';
import { toProblem } from './problem.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

type Call<R extends ConsoleRoute> = {
  actor: SessionActor;
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  headers: Parsed<R['headers']>;
  body: Parsed<R['body']>;
  request: Request;
};

/** JSON as the definition says it; a Response for downloads, streams and replies with a status of their own. */
type Verb<R extends ConsoleRoute> = (
  call: Call<R>,
) => Promise<Response | (R['reply'] extends z.ZodType ? Sent<z.input<R['reply']>> : Response)>;

type Context = { params: Promise<Record<string, string>> };
/** Carries its definition, so that a test can hold the routes against the document. */
type Handler = ((request: Request, context: Context) => Promise<Response>) & { definition: ConsoleRoute };

/**
 * A reading route of the console's API: session, parameters, verb, JSON or problem+json. One that leaves a leaf is not
 * for another site to trigger.
 */
export function readRoute<const R extends ConsoleRoute & { method: 'GET' }>(
  definition: R,
  verb: Verb<R>,
): Handler {
  return route(definition, verb, definition.leavesLeaf ? refuseOtherSites : () => {});
}

/** A changing route: the same, after checking that our own page sent it. */
export function writeRoute<const R extends ConsoleRoute>(definition: R, verb: Verb<R>): Handler {
  return route(definition, verb, requireSameOrigin);
}

/** A changing route for somebody who is not signed in: what permits it is in the body. */
export function signedOutRoute<const R extends ConsoleRoute & { signedOut: true }>(
  definition: R,
  verb: (call: Omit<Call<R>, 'actor'>) => ReturnType<Verb<R>>,
): Handler {
  return bind(definition, async (request, context) => {
    requireSameOrigin(request);
    return verb({ request, ...(await parse(definition, request, context)) });
  });
}

function route<R extends ConsoleRoute>(
  definition: R,
  verb: Verb<R>,
  check: (request: Request) => void,
): Handler {
  return bind(definition, async (request, context) => {
    check(request);
    const actor = await signedIn();
    // Before the input is looked at: a role that never does this learns nothing from how it is refused.
    if (definition.action && !mayEver(actor, definition.action))
      throw new ForbiddenError('Your role does not allow this.');
    return verb({ actor, request, ...(await parse(definition, request, context)) });
  });
}

function bind(
  definition: ConsoleRoute,
  answer: (request: Request, context: Context) => Promise<unknown>,
): Handler {
  const handler = (request: Request, context: Context) => {
    // Set by the proxy for every request that reaches a route.
    const reference = request.headers.get(REQUEST_ID_HEADER) ?? randomUUID();
    return withRequest({ reference }, async () => {
      try {
        const result = await answer(request, context);
        if (result instanceof Response) return result;
        return Response.json(result, { headers: { 'cache-control': 'no-store' } });
      } catch (error) {
        return toProblem(error);
      }
    });
  };
  return Object.assign(handler, { definition });
}

/** What the definition asks for, checked. A parameter that cannot be one of ours names nothing: 404, not 400. */
async function parse<R extends ConsoleRoute>(definition: R, request: Request, context: Context) {
  const params = definition.params?.safeParse(await context.params);
  if (params && !params.success) throw new NotFoundError();
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const parsed = {
    params: params?.data,
    query: definition.query && checked(definition.query, search, 'invalid_query'),
    headers: definition.headers && checked(definition.headers, Object.fromEntries(request.headers), null),
    body: definition.body && checked(definition.body, await readJson(request), 'invalid_body'),
  };
  return parsed as unknown as Pick<Call<R>, 'params' | 'query' | 'headers' | 'body'>;
}

function readJson(request: Request): Promise<unknown> {
  return request.json().catch(() => undefined);
}

/** A header's fault is named after it: `invalid_idempotency_key`. */
function checked<S extends z.ZodType>(schema: S, given: unknown, code: string | null): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = issue?.path.join('.');
  throw new InvalidRequestError(issue?.message ?? 'This is not what it should be.', {
    code: code ?? `invalid_${String(param).replaceAll('-', '_')}`,
    ...(param === undefined ? {} : { param }),
  });
}

async function signedIn(): Promise<SessionActor> {
  const actor = await getActor();
  if (!actor) throw new UnauthenticatedError('Sign in first.');
  return actor;
}

/** Browsers that send Sec-Fetch-Site decide by it; others must name an Origin that is this host. */
function requireSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const host = request.headers.get('host');
  const sameHost = origin !== null && URL.canParse(origin) && new URL(origin).host === host;
  if (site === 'same-origin' || (site === null && sameHost)) return;
  throw new ForbiddenError('This must come from the console itself.', { code: 'cross_site_request' });
}

/** For what a link in the console or an address typed in may open, but no other site. */
function refuseOtherSites(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== 'cross-site' && site !== 'same-site') return;
  throw new ForbiddenError('This must come from the console itself.', { code: 'cross_site_request' });
}
