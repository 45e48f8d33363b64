import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { KEY_LIFETIME_MS } from '../key-announcement.ts';
import { NodeKeys } from '../node-keys.ts';

export type Member = { nodeId: string; identity: KeyObject; keys: NodeKeys };

export function newIdentity(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

export function newMember(nodeId: string = randomUUID(), keyEpoch = 1): Member {
  const identity = newIdentity();
  const notAfterMs = Date.now() + KEY_LIFETIME_MS;
  return { nodeId, identity, keys: NodeKeys.create({ nodeId, identity, keyEpoch, notAfterMs }) };
}

/** Both see the other's keys, and the higher id what the lower one made. */
export function introduce(a: Member, b: Member): void {
  const [low, high] = a.nodeId < b.nodeId ? [a, b] : [b, a];
  high.keys.meet(low.keys.announcement, low.identity);
  const exchange = low.keys.meet(high.keys.announcement, high.identity);
  if (exchange) high.keys.take(exchange, low.identity);
}

/** Members who all share secrets, in the order of their ids. */
export function newCohort(size: number): Member[] {
  const members = Array.from({ length: size }, () => newMember()).sort((a, b) =>
    a.nodeId < b.nodeId ? -1 : 1,
  );
  for (const [i, a] of members.entries()) for (const b of members.slice(i + 1)) introduce(a, b);
  return members;
}
