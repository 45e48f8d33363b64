import { z } from 'zod';
import * as tables from '#lib/tables/cursor';

/** A place in a list ordered by (createdAt, id), newest first: pages stay stable while new rows arrive. */
export type Cursor = { createdAt: Date; id: string };

const shape = { sort: 'createdAt', value: z.iso.datetime() };

const place = (row: Cursor) => ({ sort: shape.sort, value: row.createdAt.toISOString(), id: row.id });

export const encodeCursor = (row: Cursor): string => tables.encodeCursor(place(row));

/** The cursor in a URL parameter; null for none and for one that was tampered with (the list then starts anew). */
export function decodeCursor(text: string | undefined): Cursor | null {
  const found = tables.decodeCursor(text, shape);
  return found && { createdAt: new Date(found.value), id: found.id };
}

/** The rows after `cursor` as a Prisma filter. */
export function afterCursor(cursor: Cursor | null) {
  if (!cursor) return {};
  return tables.afterCursor('createdAt', true, { value: cursor.createdAt, id: cursor.id });
}

/** Cuts a list that was read with one row too many, and says where the next page starts. */
export function toPage<T extends Cursor>(rows: T[], size: number): { rows: T[]; next: string | null } {
  return tables.toPage(rows, size, place);
}
