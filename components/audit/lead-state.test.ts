import { expect, it } from 'vitest';
import { leadState } from './lead-state.ts';

const look = (overall: 'holds' | 'fails' | 'unable', seenAtMs: number | null = 5) => ({
  verdict: { overall },
  kept: seenAtMs === null ? null : { seenAtMs },
});

it('says verified only of the last look, and when that was', () => {
  expect(leadState({ data: look('holds'), error: null, dataUpdatedAt: 9 })).toEqual({
    state: 'holds',
    verifiedAtMs: 9,
  });
  expect(leadState({ data: look('holds'), error: new Error('gone'), dataUpdatedAt: 9 })).toEqual({
    state: 'stale',
    verifiedAtMs: 9,
  });
});

it('a failure to look again does not soften what did not hold', () => {
  for (const error of [null, new Error('gone')]) {
    expect(leadState({ data: look('fails'), error, dataUpdatedAt: 9 })).toEqual({
      state: 'fails',
      verifiedAtMs: 5,
    });
  }
  expect(leadState({ data: look('unable', null), error: null, dataUpdatedAt: 9 })).toEqual({
    state: 'unable',
    verifiedAtMs: null,
  });
  expect(leadState({ data: undefined, error: new Error('gone'), dataUpdatedAt: 0 }).state).toBe('unable');
});
