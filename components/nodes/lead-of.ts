import type { NodeDetail } from '#lib/nodes/get-node';

type Standing = Pick<NodeDetail, 'state' | 'link' | 'lastHeardAt'>;

/** What a node's page leads with once it was admitted: what people decided comes before whether it is heard. */
export function leadOf({ state, link, lastHeardAt }: Standing) {
  if (state === 'draining' || state === 'suspended' || state === 'revoked') return state;
  return lastHeardAt === null ? 'never' : link;
}

/** Why a figure of its heartbeat is not there. */
export function unheardOf({
  link,
  lastConnectedAt,
}: Pick<NodeDetail, 'link' | 'lastConnectedAt'>): 'notSeen' | 'notConnected' | 'unmeasured.compute' {
  if (lastConnectedAt === null) return 'notSeen';
  return link === 'connected' ? 'unmeasured.compute' : 'notConnected';
}

/** Why there is no certificate to show: none yet, or none any more. */
export function uncertifiedOf({ state, lastConnectedAt }: Pick<NodeDetail, 'state' | 'lastConnectedAt'>) {
  return state === 'revoked' || lastConnectedAt !== null ? 'noCertificateNow' : 'noCertificate';
}
