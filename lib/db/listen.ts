import pg from 'pg';

const RETRY_MS = 2_000;

/**
 * Listens on a channel of Postgres's NOTIFY with a connection of its own, taken again when it is cut. `onNotify` is also
 * called after each new start: what was said meanwhile is lost. Returns the way to stop.
 */
export function listen(databaseUrl: string, channel: string, onNotify: () => void): () => void {
  let stopped = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  const start = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'fdlr-live',
      keepAlive: true,
    });
    const again = () => {
      if (client !== fresh) return;
      client = null;
      fresh.end().catch(() => {});
      if (!stopped) retry = setTimeout(() => void start(), RETRY_MS);
    };
    client = fresh;
    fresh.on('error', again);
    fresh.on('end', again);
    fresh.on('notification', onNotify);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${fresh.escapeIdentifier(channel)}`);
      onNotify();
    } catch {
      again();
    }
  };
  void start();
  return () => {
    stopped = true;
    clearTimeout(retry);
    const last = client;
    client = null;
    last?.end().catch(() => {});
  };
}
