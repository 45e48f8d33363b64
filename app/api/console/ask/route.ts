import { InvalidRequestError } from '#lib/errors';
import { questionSchema } from '#lib/requests/question';
import { askQuestion } from '../../../_server/ask-router.ts';
import { writeRoute } from '../../../_server/console-route.ts';

export const POST = writeRoute(questionSchema, ({ actor, body, request }) => {
  const key = request.headers.get('idempotency-key');
  if (!key || !/^[\w-]{16,128}$/.test(key)) {
    throw new InvalidRequestError('An Idempotency-Key of 16 to 128 letters and digits is needed.', {
      code: 'invalid_idempotency_key',
    });
  }
  return askQuestion(actor, body, key);
});
