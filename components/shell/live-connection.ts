import { type LiveChange, readLiveMessage } from '../../lib/live/live-event.ts';

/** `stale`: the stream broke and is being taken up again; what pages show is as old as that. */
export type LiveState = 'connecting' | 'live' | 'stale';
/** `reset`: so much was missed that everything counts as changed. */
export type LiveNews = readonly LiveChange[] | 'reset';

type Heard =
  | { kind: 'news'; news: LiveNews; lastId: string }
  | { kind: 'state'; state: LiveState }
  /** A tab that has just opened asks how things stand. */
  | { kind: 'hello' };

type Handlers = {
  onNews: (news: LiveNews) => void;
  onState: (state: LiveState) => void;
  onEnded: () => void;
};

const STREAM = '/api/console/live';
const NAME = 'fdlr-live';
/** After an answer that is no stream: a server that starts, or one that has enough streams of ours. */
const REOPEN_MS = 15_000;

/**
 * Follows the stream of changes; returns the way to stop. Browsers open six connections to a host, and a stream holds
 * one for ever: so the tabs of a browser share one, held by whichever tab has the lock. Where there are no locks (plain
 * HTTP from another machine) each tab has its own.
 */
export function followLive(handlers: Handlers): () => void {
  const stop = new AbortController();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
  let lastId: string | null = null;
  let leading: { state: LiveState } | null = null;

  const tell = (heard: Heard) => {
    if (heard.kind === 'news') lastId = heard.lastId;
    channel?.postMessage(heard);
    hear(heard);
  };
  const hear = (heard: Heard) => {
    if (heard.kind === 'hello') {
      if (leading) channel?.postMessage({ kind: 'state', state: leading.state } satisfies Heard);
    } else if (heard.kind === 'state') handlers.onState(heard.state);
    else {
      lastId = heard.lastId;
      handlers.onNews(heard.news);
    }
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<Heard>) => hear(data));
  channel?.postMessage({ kind: 'hello' } satisfies Heard);

  const lead = () =>
    new Promise<void>((done) => {
      const mine = { state: 'connecting' as LiveState };
      leading = mine;
      const onState = (state: LiveState) => {
        mine.state = state;
        tell({ kind: 'state', state });
      };
      const close = openStream(() => lastId, tell, onState, handlers.onEnded);
      stop.signal.addEventListener('abort', () => {
        close();
        leading = null;
        done();
      });
    });

  if (typeof navigator.locks === 'undefined' || !channel) void lead();
  // Rejects only because this tab stops waiting.
  else navigator.locks.request(NAME, { signal: stop.signal }, lead).catch(() => {});

  return () => {
    stop.abort();
    channel?.close();
  };
}

function openStream(
  lastId: () => string | null,
  tell: (heard: Heard) => void,
  onState: (state: LiveState) => void,
  onEnded: () => void,
): () => void {
  let source: EventSource | null = null;
  let reopen: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const after = lastId();
    const opened = new EventSource(after === null ? STREAM : `${STREAM}?after=${after}`);
    source = opened;
    opened.addEventListener('ready', ({ lastEventId }) => {
      tell({ kind: 'news', news: [], lastId: lastEventId });
      onState('live');
    });
    opened.addEventListener('reset', ({ lastEventId }) => {
      tell({ kind: 'news', news: 'reset', lastId: lastEventId });
      onState('live');
    });
    opened.addEventListener('change', (event) => {
      const news = readLiveMessage(JSON.parse(String(event.data)));
      if (news) tell({ kind: 'news', news, lastId: event.lastEventId });
    });
    opened.addEventListener('ended', () => {
      opened.close();
      onState('stale');
      onEnded();
    });
    opened.addEventListener('error', () => {
      onState('stale');
      // The browser tries again by itself unless the answer was no stream at all.
      if (opened.readyState === EventSource.CLOSED) reopen = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(reopen);
    source?.close();
  };
}
