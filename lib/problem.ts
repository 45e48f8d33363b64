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

/** RFC 9457 problem+json, the one form of every failure of the console's API. */
export function problemResponse({
  status,
  code,
  detail,
  reference,
  param,
  extra,
  headers,
}: ProblemFacts): Response {
  return Response.json(
    { ...extra, type: 'about:blank', title: STATUS_CODES[status], status, detail, code, param, reference },
    {
      status,
      headers: { ...headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    },
  );
}
