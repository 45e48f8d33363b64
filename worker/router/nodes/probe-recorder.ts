import type { Pool } from '#lib/db/pool';
import type { NodeTelemetry } from '#lib/nodes/telemetry';
import { type MinuteOfProbes, summarise } from './summarise-probes.ts';

/** What became of one public probe: its round trip, or null when no reply came before the next one was due. */
export type ProbeOutcome = { probeMs: number; queued: number } | null;

export type Connection = { nodeId: string; build: string; tlsGroup?: string | null; engine?: object };
type Status = {
  connection: Connection;
  connectedSince: Date | null;
  probedAt: Date | null;
  probeMs: number | null;
  queued: number | null;
  telemetry: NodeTelemetry | null;
  heardAt: Date | null;
  pinned: readonly string[] | null;
  changed: boolean;
};
type Minute = { nodeId: string; minuteMs: number; outcomes: (number | null)[] };

const MINUTE_MS = 60_000;

/**
 * Collects what public probes say and writes it for all nodes at once, away from every request. Synthetic round trips
 * only: no time of a private round ever comes here.
 */
export class ProbeRecorder {
  readonly #replica: string;
  readonly #now: () => number;
  readonly #statuses = new Map<string, Status>();
  readonly #minutes = new Map<string, Minute>();

  constructor(replica: string, now: () => number = Date.now) {
    this.#replica = replica;
    this.#now = now;
  }

  connected(connection: Connection): void {
    const connectedSince = new Date(this.#now());
    const none = {
      probedAt: null,
      probeMs: null,
      queued: null,
      telemetry: null,
      heardAt: null,
      pinned: null,
    };
    this.#statuses.set(connection.nodeId, { connection, connectedSince, ...none, changed: true });
  }

  /** Ignored for a connection that another one of the same node has replaced. */
  disconnected(connection: Connection): void {
    const status = this.#statuses.get(connection.nodeId);
    if (status?.connection === connection) Object.assign(status, { connectedSince: null, changed: true });
  }

  probed(connection: Connection, outcome: ProbeOutcome): void {
    const now = this.#now();
    this.#minuteOf(connection.nodeId, now).outcomes.push(outcome?.probeMs ?? null);
    const status = this.#statuses.get(connection.nodeId);
    if (!outcome || status?.connection !== connection) return;
    Object.assign(status, { ...outcome, probedAt: new Date(now), changed: true });
  }

  /** A heartbeat: what the node says of itself, of which nothing follows from a private round. */
  heard(connection: Connection, telemetry: NodeTelemetry): void {
    const status = this.#statuses.get(connection.nodeId);
    if (status?.connection !== connection) return;
    Object.assign(status, { telemetry, heardAt: new Date(this.#now()), changed: true });
  }

  /** The hospital's own list of those whom it answers together with, as its node announced it. */
  pinned(connection: Connection, pinned: readonly string[]): void {
    const status = this.#statuses.get(connection.nodeId);
    if (status?.connection !== connection || status.pinned?.join() === pinned.join()) return;
    Object.assign(status, { pinned, changed: true });
  }

  /** Writes what changed, and minutes that are over (`all`: also the present one). Returns the number of rows. */
  async flush(pool: Pool, { all = false } = {}): Promise<number> {
    return (await this.#flushStatuses(pool)) + (await this.#flushMinutes(pool, all));
  }

  async #flushStatuses(pool: Pool): Promise<number> {
    const changed = [...this.#statuses.values()].filter((status) => status.changed);
    if (changed.length === 0) return 0;
    for (const status of changed) status.changed = false;
    try {
      await writeStatuses(pool, this.#replica, changed);
    } catch (error) {
      for (const status of changed) status.changed = true;
      throw error;
    }
    // A node that is gone is written once more and then left to whichever replica it dials next.
    for (const [nodeId, status] of this.#statuses)
      if (!status.connectedSince && !status.changed) this.#statuses.delete(nodeId);
    return changed.length;
  }

  async #flushMinutes(pool: Pool, all: boolean): Promise<number> {
    const over = [...this.#minutes.entries()].filter(
      ([, minute]) => all || minute.minuteMs + MINUTE_MS <= this.#now(),
    );
    if (over.length === 0) return 0;
    await writeMinutes(
      pool,
      over.map(([, minute]) => ({ ...minute, ...summarise(minute.outcomes) })),
    );
    for (const [key] of over) this.#minutes.delete(key);
    return over.length;
  }

  #minuteOf(nodeId: string, nowMs: number): Minute {
    const minuteMs = nowMs - (nowMs % MINUTE_MS);
    const key = `${nodeId} ${minuteMs}`;
    const known = this.#minutes.get(key);
    if (known) return known;
    const minute = { nodeId, minuteMs, outcomes: [] };
    this.#minutes.set(key, minute);
    return minute;
  }
}

/** At start: what a former process of this replica called connected is not connected to this one. */
export async function forgetConnections(pool: Pool, replica: string): Promise<void> {
  await pool.query('UPDATE node_status SET connected_since = NULL WHERE replica = $1', [replica]);
}

/** A replica that lost a node must not overwrite what the replica says that has it now. */
async function writeStatuses(pool: Pool, replica: string, statuses: readonly Status[]): Promise<void> {
  await pool.query(
    `INSERT INTO node_status AS old (node_id, replica, connected_since, build, probed_at, probe_ms, queued,
       tls_group, engine, telemetry, telemetry_at, pinned)
     SELECT given.node_id, $1, given.connected_since, given.build, given.probed_at, given.probe_ms, given.queued,
       given.tls_group, given.engine::jsonb, given.telemetry::jsonb, given.telemetry_at,
       given.pinned::jsonb
     FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::float8[], $7::int[],
         $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::text[])
       AS given(node_id, connected_since, build, probed_at, probe_ms, queued, tls_group, engine, telemetry, telemetry_at,
         pinned)
     JOIN node ON node.id = given.node_id
     ON CONFLICT (node_id) DO UPDATE SET replica = EXCLUDED.replica, connected_since = EXCLUDED.connected_since,
       build = EXCLUDED.build, probed_at = coalesce(EXCLUDED.probed_at, old.probed_at),
       probe_ms = coalesce(EXCLUDED.probe_ms, old.probe_ms), queued = coalesce(EXCLUDED.queued, old.queued),
       tls_group = EXCLUDED.tls_group, engine = EXCLUDED.engine,
       telemetry = coalesce(EXCLUDED.telemetry, old.telemetry),
       telemetry_at = coalesce(EXCLUDED.telemetry_at, old.telemetry_at),
       pinned = coalesce(EXCLUDED.pinned, old.pinned)
     WHERE EXCLUDED.connected_since IS NOT NULL OR old.replica = EXCLUDED.replica`,
    [
      replica,
      statuses.map(({ connection }) => connection.nodeId),
      statuses.map(({ connectedSince }) => connectedSince),
      statuses.map(({ connection }) => connection.build),
      statuses.map(({ probedAt }) => probedAt),
      statuses.map(({ probeMs }) => probeMs),
      statuses.map(({ queued }) => queued),
      statuses.map(({ connection }) => connection.tlsGroup ?? null),
      statuses.map(({ connection }) => (connection.engine ? JSON.stringify(connection.engine) : null)),
      statuses.map(({ telemetry }) => telemetry && JSON.stringify(telemetry)),
      statuses.map(({ heardAt }) => heardAt),
      statuses.map(({ pinned }) => pinned && JSON.stringify(pinned)),
    ],
  );
}

/**
 * A minute in which a node changed replicas, or its router restarted, has two parts: counts add up, the larger part's
 * median stands, because two medians have no exact common one.
 */
async function writeMinutes(pool: Pool, minutes: readonly (Minute & MinuteOfProbes)[]): Promise<void> {
  await pool.query(
    `INSERT INTO node_probe AS old (node_id, minute, probes, lost, median_ms, slowest_ms)
     SELECT given.node_id, given.minute, given.probes, given.lost, given.median_ms, given.slowest_ms
     FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[], $5::float8[], $6::float8[])
       AS given(node_id, minute, probes, lost, median_ms, slowest_ms)
     JOIN node ON node.id = given.node_id
     ON CONFLICT (node_id, minute) DO UPDATE SET probes = old.probes + EXCLUDED.probes, lost = old.lost + EXCLUDED.lost,
       median_ms = CASE WHEN old.median_ms IS NULL OR EXCLUDED.probes - EXCLUDED.lost > old.probes - old.lost
         THEN EXCLUDED.median_ms ELSE old.median_ms END,
       slowest_ms = greatest(old.slowest_ms, EXCLUDED.slowest_ms)`,
    [
      minutes.map(({ nodeId }) => nodeId),
      minutes.map(({ minuteMs }) => new Date(minuteMs)),
      minutes.map(({ probes }) => probes),
      minutes.map(({ lost }) => lost),
      minutes.map(({ medianMs }) => medianMs),
      minutes.map(({ slowestMs }) => slowestMs),
    ],
  );
}
