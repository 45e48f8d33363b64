import { LOG_HEAD } from '#lib/console-api/audit';
import { authorise } from '#lib/identity/permissions';
import { readRoute } from '../../../../_server/console-route.ts';
import { publishedHead } from '../../../../_server/public-log.ts';

export const GET = readRoute(LOG_HEAD, ({ actor }) => {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  return publishedHead();
});
