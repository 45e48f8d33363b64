import { expect, it } from 'vitest';
import { channelFacts } from './channel-facts.ts';

const NOW = new Date('2026-03-11T00:00:00Z');
const CERTIFICATE = {
  fingerprint: 'ab',
  notBefore: new Date('2026-03-01T00:00:00Z'),
  notAfter: new Date('2026-03-31T00:00:00Z'),
  keySince: new Date('2026-01-01T00:00:00Z'),
};
const HEARTBEAT = {
  lanes: 4,
  lanesBusy: 1,
  gpuUse: null,
  memoryBytes: 1_000_000,
  queued: 0,
  tokensPerS: 12.5,
  clockMs: NOW.getTime() - 400,
};
const STATUS = {
  connectedSince: NOW,
  tlsGroup: 'X25519MLKEM768',
  engine: { modelId: 'm', exactScores: true, batchInvariant: true },
  telemetry: HEARTBEAT,
  telemetryAt: NOW,
};

it('a certificate has its age and the day on which the node renews it', () => {
  const { certificate } = channelFacts(CERTIFICATE, null, NOW);
  expect(certificate).toMatchObject({
    ageDays: 10,
    renewsAt: new Date('2026-03-16T00:00:00Z'),
    isExpired: false,
  });
  expect(channelFacts(CERTIFICATE, null, CERTIFICATE.notAfter).certificate?.isExpired).toBe(true);
});

it('what a node says of itself is shown with its age, and its group only while it is connected', () => {
  const facts = channelFacts(CERTIFICATE, STATUS, NOW);
  expect(facts).toMatchObject({ tlsGroup: 'X25519MLKEM768', telemetry: { isFresh: true, skewMs: -400 } });
  const later = new Date(NOW.getTime() + 31_000);
  expect(channelFacts(CERTIFICATE, STATUS, later).telemetry?.isFresh).toBe(false);
  expect(channelFacts(CERTIFICATE, { ...STATUS, connectedSince: null }, NOW).tlsGroup).toBeNull();
});

it('what nobody said, or nobody can read, is null', () => {
  const nothing = { certificate: null, tlsGroup: null, engine: null, telemetry: null };
  expect(channelFacts(undefined, null, NOW)).toEqual(nothing);
  const garbled = { ...STATUS, tlsGroup: null, engine: { modelId: 7 }, telemetry: { lanes: -1 } };
  expect(channelFacts(undefined, garbled, NOW)).toEqual(nothing);
});
