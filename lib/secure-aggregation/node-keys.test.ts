import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { directoryHashOf, KEY_LIFETIME_MS, signAnnouncement } from './key-announcement.ts';
import { NodeKeys } from './node-keys.ts';
import { introduce, newCohort, newIdentity, newMember } from './testing/cohort.ts';

const H = Buffer.alloc(32, 7);
const [LOW, HIGH] = ['00000000-0000-4000-8000-000000000001', 'f0000000-0000-4000-8000-000000000001'];

function refusedWith(code: string) {
  return expect.objectContaining({ name: 'ProtocolError', code });
}

describe('two nodes that meet', () => {
  it('derive one key a round, which no other pair and no other round has', () => {
    const [a, b, c] = newCohort(3);
    expect(a!.keys.maskKey(b!.nodeId, H)).toEqual(b!.keys.maskKey(a!.nodeId, H));
    expect(a!.keys.maskKey(b!.nodeId, H)).not.toEqual(a!.keys.maskKey(c!.nodeId, H));
    expect(a!.keys.maskKey(b!.nodeId, H)).not.toEqual(a!.keys.maskKey(b!.nodeId, Buffer.alloc(32, 8)));
    expect(a!.keys.peers).toEqual([b!.nodeId, c!.nodeId]);
  });

  it('name the same keys by the same hash, as their router does', () => {
    const members = newCohort(3);
    const cohort = members.map(({ nodeId }) => nodeId);
    const router = directoryHashOf(members.map(({ keys }) => keys.announcement).reverse());
    for (const { keys } of members) expect(keys.directoryHash(cohort)).toBe(router);
    expect(() => members[0]!.keys.directoryHash([...cohort, newMember().nodeId])).toThrow(
      refusedWith('unknown_peer'),
    );
  });

  it('need the exchange: without it the higher id shares nothing', () => {
    const [low, high] = [newMember(LOW), newMember(HIGH)];
    expect(high.keys.meet(low.keys.announcement, low.identity)).toBeNull();
    expect(high.keys.knows(LOW)).toBe(false);
    expect(() => high.keys.maskKey(LOW, H)).toThrow(refusedWith('unknown_peer'));
  });

  it('send the same exchange again for the same keys, and share another secret for new ones', () => {
    const [low, high] = [newMember(LOW), newMember(HIGH)];
    introduce(low, high);
    const before = low.keys.maskKey(HIGH, H);
    const exchange = low.keys.meet(high.keys.announcement, high.identity);
    expect(low.keys.meet(high.keys.announcement, high.identity)).toEqual(exchange);
    expect(low.keys.maskKey(HIGH, H)).toEqual(before);
    const { identity } = high;
    const notAfterMs = Date.now() + KEY_LIFETIME_MS;
    const restarted = { ...high, keys: NodeKeys.create({ nodeId: HIGH, identity, keyEpoch: 1, notAfterMs }) };
    introduce(low, restarted);
    expect(low.keys.maskKey(HIGH, H)).not.toEqual(before);
    expect(low.keys.maskKey(HIGH, H)).toEqual(restarted.keys.maskKey(LOW, H));
  });
});

describe('keys that are refused', () => {
  const [low, high] = [newMember(LOW), newMember(HIGH)];

  it('those another identity signed, and those changed on the way', () => {
    expect(() => low.keys.meet(high.keys.announcement, newIdentity())).toThrow(refusedWith('unsigned_keys'));
    const changed = { ...high.keys.announcement, x25519Pub: newMember(HIGH).keys.announcement.x25519Pub };
    expect(() => low.keys.meet(changed, high.identity)).toThrow(refusedWith('unsigned_keys'));
    expect(low.keys.meet(high.keys.announcement, createPublicKey(high.identity))).not.toBeNull();
  });

  it.each([
    ['past', { notAfterMs: Date.now() - 1 }],
    ['good for more than a day', { notAfterMs: Date.now() + 2 * KEY_LIFETIME_MS }],
    ['of another epoch', { keyEpoch: 2 }],
  ])('those %s', (_, change) => {
    const { signature: _signature, ...said } = high.keys.announcement;
    const stale = signAnnouncement({ ...said, ...change }, high.identity);
    expect(() => low.keys.meet(stale, high.identity)).toThrow(refusedWith('stale_keys'));
  });

  it('its own', () => {
    expect(() => low.keys.meet(low.keys.announcement, low.identity)).toThrow(refusedWith('wrong_exchange'));
  });

  it('exchanges another identity signed, made for other keys, or from nobody who announced keys', () => {
    const [a, b] = [newMember(LOW), newMember(HIGH)];
    const exchange = a.keys.meet(b.keys.announcement, b.identity)!;
    expect(() => b.keys.take(exchange, a.identity)).toThrow(refusedWith('unknown_peer'));
    b.keys.meet(a.keys.announcement, a.identity);
    expect(() => b.keys.take(exchange, newIdentity())).toThrow(refusedWith('unsigned_keys'));
    const restarted = { ...b, keys: newMember(HIGH).keys };
    restarted.keys.meet(a.keys.announcement, a.identity);
    expect(() => restarted.keys.take(exchange, a.identity)).toThrow(refusedWith('wrong_exchange'));
    b.keys.take(exchange, a.identity);
    expect(b.keys.knows(LOW)).toBe(true);
  });
});
