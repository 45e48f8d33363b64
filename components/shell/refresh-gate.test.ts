import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refreshGate } from './refresh-gate.ts';

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  page.visibilityState = 'visible';
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('many changes are few refreshes', () => {
  const refresh = vi.fn();
  const { ask, close } = refreshGate(refresh);
  for (let ms = 0; ms < 10_000; ms += 50) {
    ask();
    vi.advanceTimersByTime(50);
  }
  expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(4);
  expect(refresh.mock.calls.length).toBeLessThanOrEqual(6);
  close();
});

it('a hidden tab waits until somebody looks, and then loses nothing', () => {
  const refresh = vi.fn();
  const { ask, close } = refreshGate(refresh);
  page.visibilityState = 'hidden';
  ask();
  vi.advanceTimersByTime(10_000);
  expect(refresh).not.toHaveBeenCalled();
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(3_000);
  expect(refresh).toHaveBeenCalledTimes(1);
  close();
});
