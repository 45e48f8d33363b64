import { STATUS_CODES } from 'node:http';

export type ProblemFacts = {
  status: number;
  code: string;
  detail: string;
  /** The request's id: what the logs know the failure by. */
  reference: string;
  param?: string | undefined;
  extra?: Record<string, unknown>;
  headers?: Record<string, string>;
};

/** RFC 9457, the one form of every failure of the console's API. */
export function problemBody({ status, code, detail, reference, param, extra }: ProblemFacts) {
  const title = STATUS_CODES[status];
  return { ...extra, type: 'about:blank', title, status, detail, code, param, reference };
}

/** The same as a reply of its own, problem+json. */
export function problemResponse(facts: ProblemFacts): Response {
  return Response.json(problemBody(facts), {
    status: facts.status,
    headers: {
      ...facts.headers,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    },
  });
}
