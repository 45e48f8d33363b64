import { INVITE_NODE } from '#lib/console-api/nodes';
import { inviteNode } from '#lib/nodes/onboarding/invite-node';
import { writeRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';

export const POST = writeRoute(INVITE_NODE, ({ actor, body }) => inviteNode(database(), actor, body));
