import 'server-only';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { webEnv } from '#lib/env';
import { DomainError, UnavailableError } from '#lib/errors';
import { signRouterToken } from '#lib/identity/router-token';
import { currentRequest } from '#lib/request-context';

const errorSchema = z.object({
  error: z.looseObject({
    message: z.string(),
    code: z.string(),
    param: z.string().nullish(),
  }),
});

type Call = {
  path: string;
  body?: unknown;
  idempotencyKey?: string;
  timeoutMs: number;
  /** Hangs up when aborted. */
  signal?: AbortSignal;
};

let tokenKey: string | undefined;

/**
 * Calls the router's API as the signed-in person; returns its JSON.
 * Its errors come through as DomainError with their status, code and further facts, `request_id` among them. When it cannot be reached:
 * UnavailableError, `router_unreachable` if the call cannot have arrived, else `outcome_unknown`.
 */
export async function callRouter(actor: SessionActor, call: Call): Promise<unknown> {
  return readJson(await reachRouter(actor, call));
}

/** The same for a reply that comes bit by bit: its body, as soon as the router has begun it. */
export async function streamFromRouter(
  actor: SessionActor,
  call: Call,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { body } = await reachRouter(actor, call);
  if (body === null) throw outcomeUnknown(new Error('the router sent no body'));
  return body;
}

async function reachRouter(actor: SessionActor, call: Call): Promise<Response> {
  const env = webEnv();
  tokenKey ??= readFileSync(env.FDLR_CONSOLE_TOKEN_KEY_FILE, 'utf8');
  const token = await signRouterToken(actor, tokenKey, currentRequest()?.reference);
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (call.body !== undefined) headers.set('content-type', 'application/json');
  if (call.idempotencyKey) headers.set('idempotency-key', call.idempotencyKey);

  const response = await send(new URL(call.path, env.FDLR_ROUTER_URL), {
    method: call.body === undefined ? 'GET' : 'POST',
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
    cache: 'no-store',
    signal: AbortSignal.any([AbortSignal.timeout(call.timeoutMs), ...(call.signal ? [call.signal] : [])]),
  });
  if (response.ok) return response;
  throw toDomainError(response.status, await readJson(response));
}

function readJson(response: Response): Promise<unknown> {
  return response.json().catch((cause) => {
    throw outcomeUnknown(cause);
  });
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    const refused = z
      .object({ cause: z.object({ code: z.literal('ECONNREFUSED') }) })
      .safeParse(cause).success;
    if (!refused) throw outcomeUnknown(cause);
    throw new UnavailableError('The router cannot be reached.', { code: 'router_unreachable', cause });
  }
}

function outcomeUnknown(cause: unknown): UnavailableError {
  return new UnavailableError('The router did not answer.', { code: 'outcome_unknown', cause });
}

function toDomainError(status: number, json: unknown): DomainError {
  const parsed = errorSchema.safeParse(json);
  if (!parsed.success)
    return new UnavailableError('The router answered something unexpected.', {
      code: 'outcome_unknown',
      cause: new Error(`status ${status} without an error of ours`),
    });
  const { message, code, param, type: _type, ...extra } = parsed.data.error;
  return new DomainError(status, message, {
    code,
    ...(param ? { param } : {}),
    extra,
  });
}
