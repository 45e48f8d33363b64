import { listen } from '#lib/db/listen';
import { encodeFrame } from '#lib/nodes/frame';
import { NODES_CHANNEL } from '#lib/nodes/onboarding/nodes-channel';
import { MAY_CONNECT, type NodeState } from '#lib/nodes/onboarding/transitions';
import type { RouterContext } from '../context.ts';
import { offerPeers } from './offer-peers.ts';
import type { OpenConnection, OpenConnections } from './open-connections.ts';

/** Beside what Postgres says at once: a notice may be lost with its connection. */
const LOOK_MS = 1_000;

type Standing = {
  id: string;
  state: NodeState;
  rekeyOrderedAt: Date | null;
  /** Serial numbers of certificates for keys made before the order: who dials with one has not followed it. */
  ofFormerKeys: string[];
  revoked: string[];
  /** Whether any certificate of its is in force: not of one connection, which goes on while its node renews. */
  certified: boolean;
};

/**
 * Follows what people decide about nodes that are connected: who is revoked or suspended is cut off at once, who drains
 * is asked nothing new, who is admitted is asked from now on. Returns the way to stop.
 */
export function watchNodes(context: RouterContext, connections: OpenConnections): () => void {
  let looking = false;
  let again = false;
  const look = async (told: boolean): Promise<void> => {
    if (looking) {
      again ||= told;
      return;
    }
    looking = true;
    try {
      await follow(context, connections);
      if (told) await offerPeers(context.pool, connections.all());
    } catch (error) {
      context.log.error({ err: error }, 'the states of connected nodes were not read; trying again');
    } finally {
      looking = false;
    }
    if (!again) return;
    again = false;
    await look(true);
  };
  const deaf = listen(context.env.DATABASE_URL, NODES_CHANNEL, () => void look(true));
  const timer = setInterval(() => void look(false), LOOK_MS);
  return () => {
    clearInterval(timer);
    deaf();
  };
}

async function follow(context: RouterContext, connections: OpenConnections): Promise<void> {
  const open = connections.all();
  if (open.length === 0) return;
  const { rows } = await context.pool.query<Standing>(
    `SELECT n.id, n.state::text AS state,
       n.rekey_ordered_at AS "rekeyOrderedAt",
       ARRAY(SELECT serial FROM node_certificate c WHERE c.node_id = n.id AND c.key_since < n.rekey_ordered_at) AS "ofFormerKeys",
       ARRAY(SELECT serial FROM node_certificate c WHERE c.node_id = n.id AND c.revoked_at IS NOT NULL) AS revoked,
       EXISTS (SELECT 1 FROM node_certificate c WHERE c.node_id = n.id AND c.revoked_at IS NULL AND c.not_after > now()) AS certified
     FROM node n WHERE n.id = ANY($1)`,
    [open.map(({ nodeId }) => nodeId)],
  );
  const standings = new Map(rows.map((row) => [row.id, row]));
  for (const connection of open) apply(context, connection, standings.get(connection.nodeId));
}

/** Orders that were passed on, by node: each once a connection. */
const ordered = new WeakMap<OpenConnection, number>();

function apply(context: RouterContext, connection: OpenConnection, now: Standing | undefined): void {
  if (!now || !MAY_CONNECT.includes(now.state)) {
    context.nodes.remove(connection.channel);
    connection.end(now?.state ?? 'unknown_node');
    return;
  }
  if (now.revoked.includes(connection.serial)) {
    context.nodes.remove(connection.channel);
    connection.end('certificate_revoked');
    return;
  }
  if (!now.certified) {
    context.nodes.remove(connection.channel);
    connection.end('certificate_expired');
    return;
  }
  if (connection.state !== now.state) {
    context.log.info({ node: connection.channel.facts.name, state: now.state }, 'node changed state');
    connection.state = now.state;
    takeIntoCohorts(context, connection);
  }
  const orderedAtMs = now.rekeyOrderedAt?.getTime();
  if (orderedAtMs === undefined || !now.ofFormerKeys.includes(connection.serial)) return;
  if (ordered.get(connection) !== orderedAtMs) {
    ordered.set(connection, orderedAtMs);
    connection.send(encodeFrame('rekey', {}));
  }
}

/**
 * An admitted node that has been caught up with is asked. One that drains stays connected and finishes what it has, in no
 * new cohort; every other is not asked at all.
 */
export function takeIntoCohorts(context: RouterContext, connection: OpenConnection): void {
  const { state, ready, channel, nodeId } = connection;
  if (state === 'admitted') context.nodes.endDrain(nodeId);
  else context.nodes.drain(nodeId);
  const asked = ready && (state === 'admitted' || (state === 'draining' && connection.asked));
  if (asked === connection.asked) return;
  connection.asked = asked;
  connection.leaveDirectory();
  connection.leaveDirectory = () => {};
  if (!asked) {
    context.nodes.remove(channel);
    return;
  }
  connection.leaveDirectory = context.keyDirectory.join(nodeId, connection.send);
  context.nodes.add(channel);
}
