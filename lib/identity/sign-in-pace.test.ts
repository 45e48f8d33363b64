import { expect, it } from 'vitest';
import { ExhaustedError } from '#lib/errors';
import { signInPace } from './sign-in-pace.ts';

it('lets a crowd in, then so many a second, and says how long to wait', () => {
  let nowMs = 0;
  const pace = signInPace(() => nowMs);
  for (let i = 0; i < 60; i++) pace();
  expect(pace).toThrow(ExhaustedError);
  nowMs = 50;
  expect(pace).toThrow(expect.objectContaining({ extra: { retryAfterMs: 50 } }));
  nowMs = 1_000;
  for (let i = 0; i < 10; i++) pace();
  expect(pace).toThrow(ExhaustedError);
});
