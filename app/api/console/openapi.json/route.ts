import { OPENAPI } from '#lib/console-api/openapi';
import { webEnv } from '#lib/env';
import { consoleDocument } from '#lib/openapi/console-document';
import { readRoute } from '../../../_server/console-route.ts';

export const GET = readRoute(OPENAPI, async () => ({ ...consoleDocument(webEnv().NEXTAUTH_URL) }));
