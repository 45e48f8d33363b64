import 'server-only';
import { LEAVES_CHANNEL } from '#lib/audit-log/leaves-channel';
import { listen } from '#lib/db/listen';
import { webEnv } from '#lib/env';
import { LiveHub } from '#lib/live/live-hub';
import { database } from './database.ts';
import { webLog } from './log.ts';

// Development reloads modules; the hub, and its connection, must outlive them.
const kept = globalThis as typeof globalThis & { fdlrLiveHub?: LiveHub };

/** The web process's one hub of live updates. */
export function liveHub(): LiveHub {
  kept.fdlrLiveHub ??= new LiveHub({
    db: database(),
    listen: (wake) => listen(webEnv().DATABASE_URL, LEAVES_CHANNEL, wake),
    onError: (error) => webLog().warn({ err: error }, 'live updates could not be read; they are read again'),
  });
  return kept.fdlrLiveHub;
}
