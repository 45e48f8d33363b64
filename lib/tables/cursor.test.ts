import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { afterCursor, type Cursor, cursorDate, decodeCursor, encodeCursor, toPage } from './cursor.ts';

it('brings any place back through a URL', () => {
  fc.assert(
    fc.property(fc.string(), fc.oneof(fc.string(), fc.integer()), fc.string(), (sort, value, id) => {
      const text = encodeCursor({ sort, value, id });
      expect(encodeURIComponent(text)).toBe(text);
      const shape = { sort, value: z.union([z.string(), z.number()]), id: z.string() };
      expect(decodeCursor(text, shape)).toEqual({ value, id });
    }),
  );
});

const charged = { sort: 'charged', value: z.string().regex(/^\d+$/) };
const place = (cursor: Partial<Cursor>) =>
  encodeCursor({ sort: 'charged', value: '12', id: randomUUID(), ...cursor });

it.each([
  ['none', undefined],
  ['an empty one', ''],
  ['noise', 'noise'],
  ['one of another order', place({ sort: 'createdAt' })],
  ['a value of the wrong kind', place({ value: '1 or 1=1' })],
  ['an id that is none', place({ id: 'x' })],
])('starts the list anew for %s', (_, text) => {
  expect(decodeCursor(text, charged)).toBeNull();
});

it.each(['a\u0000b', 'a\nb', '\u007f'])(
  'starts the list anew for a name with a control character',
  (value) => {
    const cursor = encodeCursor({ sort: 'name', value, id: randomUUID() });
    expect(decodeCursor(cursor, { sort: 'name', value: z.string() })).toBeNull();
  },
);

it.each([
  ['2026-02-30T00:00:00.000Z', false],
  ['2026-13-01T00:00:00.000Z', false],
  ['2026-02-28T24:00:00.000Z', false],
  ['2026-02-28T23:59:59.999Z', true],
  ['0000-01-01T00:00:00.000Z', false],
])('takes %s for a place: %s', (value, taken) => {
  const cursor = encodeCursor({ sort: 'createdAt', value, id: randomUUID() });
  expect(decodeCursor(cursor, { sort: 'createdAt', value: cursorDate }) !== null).toBe(taken);
});

it('asks for what comes after in the order of the list', () => {
  expect(afterCursor('charged', true, null)).toEqual({});
  expect(afterCursor('charged', true, { value: 5n, id: 'b' })).toEqual({
    OR: [{ charged: { lt: 5n } }, { charged: 5n, id: { lt: 'b' } }],
  });
  expect(afterCursor('charged', false, { value: 5n, id: 'b' })).toEqual({
    OR: [{ charged: { gt: 5n } }, { charged: 5n, id: { gt: 'b' } }],
  });
});

it('names the last row shown, and only when there are more', () => {
  const cursorOf = (id: string) => ({ sort: 'name', value: id, id });
  expect(toPage(['a', 'b', 'c'], 2, cursorOf)).toEqual({
    rows: ['a', 'b'],
    next: encodeCursor(cursorOf('b')),
  });
  expect(toPage(['a', 'b'], 2, cursorOf)).toEqual({ rows: ['a', 'b'], next: null });
});
