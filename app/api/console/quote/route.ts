import { quoteSchema } from '#lib/requests/question';
import { quoteQuestion } from '../../../_server/ask-router.ts';
import { writeRoute } from '../../../_server/console-route.ts';

export const POST = writeRoute(quoteSchema, ({ actor, body }) => quoteQuestion(actor, body));
