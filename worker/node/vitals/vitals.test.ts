import { describe, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { letterEngine } from '../testing/letters.ts';
import { gpuUse, meanUse } from './gpu-use.ts';
import { Vitals, type VitalsSetup } from './vitals.ts';

const MB = 1_048_576;
let nowMs = 0;
const writes: Engine = {
  ...letterEngine,
  generate: async (_, maxTokens) => {
    nowMs += 20;
    return { text: '', promptTokens: 1, completionTokens: maxTokens, finishReason: 'length' };
  },
};
const vitals = (more: Partial<VitalsSetup> = {}) =>
  new Vitals({
    lanes: 4,
    engine: () => writes,
    now: () => nowMs,
    gpu: async () => 0.5,
    memoryBytes: () => 100 * MB,
    ...more,
  });

describe('vital signs', () => {
  test('a round counts until its reply leaves, however soon its shards are done, and also when it fails', async () => {
    const signs = vitals();
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const rounds = [signs.during(first.promise), signs.during(second.promise)];
    expect(signs.read()).toMatchObject({ lanesBusy: 4, queued: 1 });
    first.resolve('reply');
    second.reject(new Error('refused'));
    expect(await Promise.allSettled(rounds)).toMatchObject([
      { status: 'fulfilled', value: 'reply' },
      { status: 'rejected' },
    ]);
    expect(signs.read()).toMatchObject({ lanesBusy: 0, queued: 0 });
  });

  test('speed, GPU and memory come from a public question alone', async () => {
    const signs = vitals();
    expect(signs.read()).toMatchObject({ tokensPerS: null, gpuUse: null, memoryBytes: 128 * MB });
    await signs.probe();
    expect(signs.read()).toMatchObject({ tokensPerS: 800, gpuUse: 0.5 });
  });

  test('nothing is read while a round is under way, nor when one came in meanwhile', async () => {
    const round = Promise.withResolvers<void>();
    let memory = 10 * MB;
    let during: Promise<void> | null = null;
    const signs: Vitals = vitals({
      memoryBytes: () => memory,
      engine: () => ({
        ...writes,
        generate: async (...asked) => {
          during = signs.during(round.promise);
          return writes.generate(...asked);
        },
      }),
    });
    memory = 900 * MB;
    await signs.probe();
    const before = { tokensPerS: null, gpuUse: null, memoryBytes: 64 * MB };
    expect(signs.read()).toMatchObject(before);
    await signs.probe();
    expect(signs.read()).toMatchObject(before);
    round.resolve();
    await during;
  });

  test('memory is told as it was before the first round', async () => {
    let memory = 100 * MB;
    const signs = vitals({ memoryBytes: () => memory });
    await signs.during(Promise.resolve());
    memory = 900 * MB;
    await signs.probe();
    expect(signs.read()).toMatchObject({ tokensPerS: 800, memoryBytes: 128 * MB });
  });

  test('a model that is not loaded, or fails, has no speed', async () => {
    const unloaded = vitals({ engine: () => null });
    await unloaded.probe();
    expect(unloaded.read().tokensPerS).toBeNull();
    const failing = vitals({
      engine: () => ({ ...writes, generate: () => Promise.reject(new Error('gone')) }),
    });
    await failing.probe();
    expect(failing.read()).toMatchObject({ tokensPerS: null, gpuUse: 0.5 });
  });
});

test('what nvidia-smi prints is read, and anything else is no reading', async () => {
  expect(meanUse('10\n 30\n')).toBeCloseTo(0.2);
  expect(meanUse('100\n')).toBe(1);
  for (const wrong of ['', '[N/A]\n', '12 %\n', '101\n']) expect(meanUse(wrong)).toBeNull();
  expect(await gpuUse('no-such-program-anywhere')).toBeNull();
});
