import { z } from 'zod';

/** A place in a list ordered by (createdAt, id), newest first: pages stay stable while new rows arrive. */
export type Cursor = { createdAt: Date; id: string };

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

export function encodeCursor(row: Cursor): string {
  return Buffer.from(JSON.stringify([row.createdAt.toISOString(), row.id])).toString('base64url');
}

/** The cursor in a URL parameter; null for none and for one that was tampered with (the list then starts anew). */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  try {
    const [createdAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { createdAt: new Date(createdAt), id };
  } catch {
    return null;
  }
}

/** The rows after `cursor` as a Prisma filter. */
export function afterCursor(cursor: Cursor | null) {
  if (!cursor) return {};
  const { createdAt, id } = cursor;
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

/** Cuts a list that was read with one row too many, and says where the next page starts. */
export function toPage<T extends Cursor>(rows: T[], size: number): { rows: T[]; next: string | null } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { rows: page, next: rows.length > size && last ? encodeCursor(last) : null };
}
