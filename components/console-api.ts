import { z } from 'zod';

const problemSchema = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  /** What the logs know this failure by. */
  reference: z.string().optional(),
  /** The request that was recorded for the question, where there is one. */
  requestId: z.uuid().optional(),
  param: z.string().optional(),
  charged: z.boolean().optional(),
});
export type Problem = z.output<typeof problemSchema>;

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
const LOST: Problem = { status: 0, code: 'outcome_unknown', detail: 'The answer was lost on its way.' };

/** Any failure of a call as a problem; one that is not a refusal left the outcome open. */
export function problemOf(error: unknown): Problem {
  return error instanceof ApiProblem ? error.problem : LOST;
}

type Call = { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };

/** Calls the console's own API and checks what it says. Throws ApiProblem, also for a connection that broke. */
export async function consoleApi<S extends z.ZodType>(
  path: string,
  reply: S,
  call: Call = {},
): Promise<z.output<S>> {
  const response = await send(path, call);
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const parsed = reply.safeParse(json);
    if (parsed.success) return parsed.data;
  }
  const problem = problemSchema.safeParse(json);
  throw new ApiProblem(problem.success ? problem.data : LOST);
}

async function send(path: string, { body, headers, signal }: Call): Promise<Response> {
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
