import 'server-only';
import type { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { ForbiddenError, InvalidRequestError, UnauthenticatedError } from '#lib/errors';
import { getActor } from './actor.ts';
import { toProblem } from './problem.ts';

type Call<Body> = { actor: SessionActor; body: Body; request: Request; params: Record<string, string> };
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** A reading route of the console's API: session, verb, JSON or problem+json. */
export function readRoute(verb: (call: Call<undefined>) => Promise<unknown>): Handler {
  return (request, context) =>
    answer(async () => {
      const actor = await signedIn();
      return verb({ actor, body: undefined, request, params: await context.params });
    });
}

/** A changing route: the same, after checking that our own page sent it and that its body is what it should be. */
export function writeRoute<S extends z.ZodType>(
  schema: S,
  verb: (call: Call<z.output<S>>) => Promise<unknown>,
): Handler {
  return (request, context) =>
    answer(async () => {
      requireSameOrigin(request);
      const actor = await signedIn();
      return verb({ actor, body: await bodyOf(request, schema), request, params: await context.params });
    });
}

/** A changing route for somebody who is not signed in: what permits it is in the body. */
export function publicWriteRoute<S extends z.ZodType>(
  schema: S,
  verb: (call: { body: z.output<S> }) => Promise<unknown>,
): (request: Request) => Promise<Response> {
  return (request) =>
    answer(async () => {
      requireSameOrigin(request);
      return verb({ body: await bodyOf(request, schema) });
    });
}

async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(await request.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InvalidRequestError(issue?.message ?? 'The body is not what it should be.', {
    code: 'invalid_body',
    ...(issue ? { param: issue.path.join('.') } : {}),
  });
}

async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return toProblem(error);
  }
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
