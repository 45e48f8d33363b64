import { z } from 'zod';

/** A place in a list ordered by (a column, id): pages stay stable while rows arrive. `sort` names the order it is of. */
export type Cursor = { sort: string; value: string | number; id: string };

/** What the parts of a cursor may be; dates travel as ISO strings, big integers as decimal strings. */
export type CursorShape<Value extends string | number> = {
  sort: string;
  value: z.ZodType<Value>;
  /** A UUID unless said otherwise. */
  id?: z.ZodType<string>;
};

export function encodeCursor({ sort, value, id }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([sort, value, id]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The place in a URL parameter. Null for none, for one of another order and for one that was tampered with: the list
 * then starts anew.
 */
export function decodeCursor<Value extends string | number>(
  text: string | null | undefined,
  shape: CursorShape<Value>,
): { value: Value; id: string } | null {
  if (!text) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const json = new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0)));
    const parts = z.tuple([z.literal(shape.sort), shape.value, shape.id ?? z.uuid()]).parse(JSON.parse(json));
    return parts.some(isUnreadable) ? null : { value: parts[1], id: parts[2] };
  } catch {
    return null;
  }
}

/** Text that Postgres takes for no text. */
const isUnreadable = (part: string | number): boolean => typeof part === 'string' && /\p{Cc}/u.test(part);

/** A date in a cursor. The 30th of February has the form of one and is none; Postgres has no year 0. */
export const cursorDate = z.iso.datetime().refine((text) => {
  const at = new Date(text);
  return at.getTime() >= 0 && at.toISOString().slice(0, 10) === text.slice(0, 10);
});

/** The rows past a place as a Prisma filter on `field` and id. The column must not be null. */
export function afterCursor(
  field: string,
  descending: boolean,
  place: { value: unknown; id: string } | null,
): Record<string, unknown> {
  if (!place) return {};
  const past = descending ? 'lt' : 'gt';
  return {
    OR: [{ [field]: { [past]: place.value } }, { [field]: place.value, id: { [past]: place.id } }],
  };
}

/** Cuts a list that was read with one row too many, and says where the next page starts. */
export function toPage<Row>(
  rows: Row[],
  size: number,
  cursorOf: (row: Row) => Cursor,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { rows: page, next: rows.length > size && last ? encodeCursor(cursorOf(last)) : null };
}
