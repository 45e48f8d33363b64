import type { z } from 'zod';
import { type Problem, readProblem } from './read-problem.ts';

export type { Problem };

/** A refusal of the console's API. `code` is stable; `detail` is safe to show. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/** No answer, or none that the console gives: from something between, or cut short. */
export const LOST: Problem = {
  status: 0,
  code: 'outcome_unknown',
  detail: 'The answer was lost on its way.',
};

/** Any failure of a call as a problem; one that is not a refusal left the outcome open. */
export function problemOf(error: unknown): Problem {
  return error instanceof ApiProblem ? error.problem : LOST;
}

/** What a reply must look like. A function fetches it: what a page needs only for calls is not part of its first load. */
type Reply<S> = S | (() => Promise<S>);
type Call = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };

/** Calls the console's own API and checks what it says. Throws ApiProblem, also for a connection that broke. */
export async function consoleApi<S extends z.ZodType>(
  path: string,
  reply: Reply<S>,
  call: Call = {},
): Promise<z.output<S>> {
  // Before anything is sent: an answer that could not be read would leave open what became of it.
  const schema = typeof reply === 'function' ? await reply().catch(lost) : reply;
  const response = await sendToConsole(path, call);
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
  }
  throw new ApiProblem(readProblem(json) ?? LOST);
}

function lost(): never {
  throw new ApiProblem(LOST);
}

/** The call alone, for a reply that is not JSON as a whole. */
export async function sendToConsole(path: string, { body, headers, signal }: Call): Promise<Response> {
  try {
    return await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem(LOST);
  }
}
