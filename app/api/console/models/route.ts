import { MODELS } from '#lib/console-api/asking';
import { listModels } from '../../../_server/ask-router.ts';
import { readRoute } from '../../../_server/console-route.ts';

export const GET = readRoute(MODELS, ({ actor }) => listModels(actor));
