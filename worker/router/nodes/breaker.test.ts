import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeChannel } from '#lib/nodes/node-channel';
import {
  ANSWERS_TO_CLOSE,
  afterProbe,
  type Breaker,
  CLOSED,
  LOST_TO_OPEN,
  SLOW_START_PROBES,
  shareOf,
} from './breaker.ts';
import { inShare } from './in-share.ts';
import { NodeRegistry } from './registry.ts';

const after = (probes: readonly boolean[], from: Breaker = CLOSED) => probes.reduce(afterProbe, from);
const lost = (times: number) => Array<boolean>(times).fill(false);
const answered = (times: number) => Array<boolean>(times).fill(true);
const probes = fc.array(fc.boolean(), { maxLength: 60 });

describe('a breaker', () => {
  test('opens at so many lost probes in a row, and no answer between them counts for nothing', () => {
    expect(after(lost(LOST_TO_OPEN - 1)).state).toBe('closed');
    expect(after(lost(LOST_TO_OPEN)).state).toBe('open');
    const broken = [...lost(LOST_TO_OPEN - 1), true, ...lost(LOST_TO_OPEN - 1)];
    expect(after(broken).state).toBe('closed');
  });

  test('closes after so many answers in a row, and one that is lost opens it again', () => {
    const open = after(lost(LOST_TO_OPEN));
    expect(after(answered(ANSWERS_TO_CLOSE - 1), open).state).toBe('half-open');
    expect(after(answered(ANSWERS_TO_CLOSE), open).state).toBe('closed');
    expect(after([...answered(ANSWERS_TO_CLOSE - 1), false], open).state).toBe('open');
  });

  test('whatever came before: enough silence opens it, enough answers give the whole share back', () => {
    fc.assert(
      fc.property(probes, (before) => {
        const any = after(before);
        expect(after(lost(LOST_TO_OPEN), any).state).toBe('open');
        expect(shareOf(after(answered(ANSWERS_TO_CLOSE + SLOW_START_PROBES), any))).toBe(1);
      }),
    );
  });

  test('the share is within 0 and 1, is none unless closed, and never shrinks by an answer', () => {
    fc.assert(
      fc.property(probes, (before) => {
        const any = after(before);
        const share = shareOf(any);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(share > 0).toBe(any.state === 'closed');
        expect(shareOf(afterProbe(any, true))).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  test('after a recovery the share grows probe by probe and is whole at the last', () => {
    let breaker = after([...lost(LOST_TO_OPEN), ...answered(ANSWERS_TO_CLOSE)]);
    const shares = [shareOf(breaker)];
    for (let probe = 0; probe < SLOW_START_PROBES; probe += 1) {
      breaker = afterProbe(breaker, true);
      shares.push(shareOf(breaker));
    }
    expect(shares[0]).toBeLessThan(0.2);
    expect(new Set(shares).size).toBe(SLOW_START_PROBES + 1);
    expect(shares.at(-1)).toBe(1);
  });
});

describe('the registry', () => {
  const nodeId = '00000000-0000-4000-8000-000000000001';
  // The registry looks at nothing else of a channel.
  const channel = () => ({ facts: { nodeId }, close: () => {} }) as unknown as NodeChannel;
  let nowMs = 1_000;
  const registry = () => {
    const nodes = new NodeRegistry(() => nowMs);
    nodes.add(channel());
    return nodes;
  };

  test('asks no node whose breaker is open, and a new connection does not close it', () => {
    const nodes = registry();
    for (let probe = 0; probe < LOST_TO_OPEN; probe += 1) nodes.probed(nodeId, false);
    expect([nodes.get(nodeId), nodes.candidate(nodeId)]).toEqual([undefined, undefined]);
    nodes.add(channel());
    expect(nodes.get(nodeId)).toBeUndefined();
    for (let probe = 0; probe < ANSWERS_TO_CLOSE; probe += 1) nodes.probed(nodeId, true);
    expect(nodes.get(nodeId)).toBeDefined();
    const mine = Array.from({ length: 900 }, (_, at) => nodes.hasShare(nodeId, `request ${at}`));
    expect(mine.filter(Boolean).length).toBeGreaterThan(50);
    expect(mine.filter(Boolean).length).toBeLessThan(180);
  });

  test('a draining node finishes what it has and is in no new cohort', () => {
    const nodes = registry();
    nodes.drain(nodeId);
    expect(nodes.get(nodeId)).toBeDefined();
    expect(nodes.candidate(nodeId)).toBeUndefined();
    nodes.add(channel());
    expect(nodes.candidate(nodeId)).toBeUndefined();
    nodes.endDrain(nodeId);
    expect(nodes.candidate(nodeId)).toBeDefined();
  });

  test('a node that refused rests for as long as it was told to', () => {
    const nodes = registry();
    nodes.rest(nodeId, 60_000);
    nowMs += 59_999;
    expect(nodes.get(nodeId)).toBeUndefined();
    nowMs += 1;
    expect(nodes.get(nodeId)).toBeDefined();
  });
});

test('a share is drawn alike for the same request, and about as often as it says', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.double({ min: 0, max: 1, noNaN: true }), (requestId, share) => {
      expect(inShare(share, 'node', requestId)).toBe(inShare(share, 'node', requestId));
      expect(inShare(0, 'node', requestId)).toBe(false);
      expect(inShare(1, 'node', requestId)).toBe(true);
    }),
  );
  const drawn = Array.from({ length: 4_000 }, (_, at) => inShare(0.25, 'node', `${at}`)).filter(Boolean);
  expect(drawn.length / 4_000).toBeCloseTo(0.25, 1);
});
