import { QUOTE } from '#lib/console-api/asking';
import { quoteQuestion } from '../../../_server/ask-router.ts';
import { writeRoute } from '../../../_server/console-route.ts';

export const POST = writeRoute(QUOTE, ({ actor, body }) => quoteQuestion(actor, body));
