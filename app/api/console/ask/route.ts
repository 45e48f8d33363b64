import { ASK } from '#lib/console-api/asking';
import { askQuestion } from '../../../_server/ask-router.ts';
import { writeRoute } from '../../../_server/console-route.ts';

export const POST = writeRoute(ASK, ({ actor, body, headers }) =>
  askQuestion(actor, body, headers['idempotency-key']),
);
