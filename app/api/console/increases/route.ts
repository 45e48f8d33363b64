import { askForMore } from '#lib/budgets/increases/ask-for-more';
import { ASK_FOR_MORE } from '#lib/console-api/budgets';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = writeRoute(ASK_FOR_MORE, ({ actor, body }) => askForMore(database(), actor, body));
