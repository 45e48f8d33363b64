import { z } from 'zod';
import { defineRoute } from './definition.ts';

/** A leaf's index; -1 before the first. */
const cursor = z.string().regex(/^(-1|0|[1-9]\d{0,17})$/);

export const LIVE = defineRoute({
  method: 'GET',
  path: '/api/console/live',
  summary: 'Follow what changes',
  description:
    'Server-sent events. `change` carries {"changes": [{"type", "id"}]}: that something changed which you may open, never what it is now. Its id is the index of an audit leaf; send the last one as Last-Event-ID (or ?after=) and nothing is lost or repeated. `ready` and `reset` open the stream, the latter when you were too far behind: read your pages anew. `ended` says that the session is over.',
  action: null,
  query: z.object({ after: cursor.optional() }),
  headers: z.object({ 'last-event-id': cursor.optional().catch(undefined) }),
  reply: { contentType: 'text/event-stream', description: 'The stream; it ends with the session.' },
});
