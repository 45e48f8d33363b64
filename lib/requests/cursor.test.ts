import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { afterCursor, decodeCursor, encodeCursor, toPage } from './cursor.ts';

const row = (minute: number) => ({ createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)), id: randomUUID() });

describe('cursors', () => {
  it('survive the way through a URL', () => {
    const place = row(7);
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  it.each([undefined, '', 'noise', encodeCursor({ createdAt: new Date(0), id: "1' or 1=1" })])(
    'start the list anew for %s',
    (text) => {
      expect(decodeCursor(text)).toBeNull();
      expect(afterCursor(decodeCursor(text))).toEqual({});
    },
  );

  it('name the last row shown, and only when there are more', () => {
    const rows = [row(3), row(2), row(1)];
    expect(toPage(rows, 2)).toEqual({ rows: rows.slice(0, 2), next: encodeCursor(rows[1]!) });
    expect(toPage(rows, 3)).toEqual({ rows, next: null });
    expect(toPage([], 3)).toEqual({ rows: [], next: null });
  });
});
