/** A refusal as the console's API writes it. */
export type Problem = {
  status: number;
  code: string;
  detail: string;
  /** What the logs know this failure by. */
  reference?: string | undefined;
  /** The request that was recorded for the question, where there is one. */
  requestId?: string | undefined;
  param?: string | undefined;
  charged?: boolean | undefined;
  /** Whether the proof that is needed takes a code. */
  withCode?: boolean | undefined;
};

type Json = Record<string, unknown>;

function has(json: Json, key: string, type: 'string' | 'number' | 'boolean'): boolean {
  return typeof json[key] === type;
}

const TEXTS = ['reference', 'requestId', 'param'] as const;
const FLAGS = ['charged', 'withCode'] as const;

/** The problem that a reply holds; null where it holds none. */
export function readProblem(reply: unknown): Problem | null {
  if (typeof reply !== 'object' || reply === null) return null;
  const json = reply as Json;
  const isProblem =
    has(json, 'status', 'number') && has(json, 'code', 'string') && has(json, 'detail', 'string');
  const isWhole =
    TEXTS.every((key) => json[key] === undefined || has(json, key, 'string')) &&
    FLAGS.every((key) => json[key] === undefined || has(json, key, 'boolean'));
  return isProblem && isWhole ? (json as Problem) : null;
}
