/** How a node stands to the router: heard now, connected once and silent, or never seen. */
export type NodeLink = 'connected' | 'silent' | 'away' | 'never';

/** Probes go out every 5 s and are written in batches: after this long without one, nothing is known of the node. */
export const HEARD_WITHIN_MS = 30_000;

type Status = { connectedSince: Date | null; probedAt: Date | null } | null;

/**
 * `silent`: the router says it is connected and no probe has come back for a while (or the router itself has stopped
 * saying anything). `away`: it is not connected. `never`: no connection was ever recorded.
 */
export function linkOf(status: Status, now: Date): NodeLink {
  if (!status) return 'never';
  if (!status.connectedSince) return 'away';
  const heardMs = (status.probedAt ?? status.connectedSince).getTime();
  return now.getTime() - heardMs <= HEARD_WITHIN_MS ? 'connected' : 'silent';
}
