import type { z } from 'zod';
import { InvalidRequestError } from '#lib/errors';

/** Fields whose faults have a code of their own. */
const CODES: Record<string, string> = {
  'privacy.epsilon': 'invalid_epsilon',
  messages: 'invalid_messages',
  model: 'invalid_model',
};

/** Parses a body or says in one sentence which field is wrong and why. Never repeats what the field held. */
export function validate<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]].join('.');
    throw new InvalidRequestError(`The field "${field}" is not one this API knows.`, {
      code: 'unknown_field',
      param: field,
    });
  }
  if (path === '')
    throw new InvalidRequestError('The body must be a JSON object.', { code: 'invalid_request' });
  throw new InvalidRequestError(`The field "${path}" is not valid: ${issue.message}.`, {
    code: CODES[path] ?? 'invalid_request',
    param: path,
  });
}
