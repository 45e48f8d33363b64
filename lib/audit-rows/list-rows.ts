import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import type { AuditQuery } from './audit-query.ts';
import { matchingRows } from './matching-rows.ts';
import { namesIn } from './names-in.ts';
import { countMatching, readRows } from './read-rows.ts';

/** One page of the log's rows that the query keeps, with the names in them that are the actor's to see. */
export async function listRows(db: Database, actor: PrincipalActor, query: AuditQuery) {
  const { size, after, sort } = query;
  const found = await readRows(db, matchingRows(actor, query), {
    descending: sort.descending,
    after: placeOf(after),
    size: size + 1,
  });
  const rows = found.slice(0, size);
  return {
    rows,
    next: found.length > size ? (rows.at(-1)?.index ?? null) : null,
    names: await namesIn(db, actor, rows),
  };
}
export type AuditRowPage = Awaited<ReturnType<typeof listRows>>;

/** Pages say "more than" beyond it; an export counts to the end. */
const MOST_COUNTED = 100_000;
export type RowCount = { count: number; more: boolean };

/** How many rows the query keeps, on all pages together. */
export async function countRows(
  db: Database,
  actor: PrincipalActor,
  query: AuditQuery,
  most = MOST_COUNTED,
): Promise<RowCount> {
  const counted = await countMatching(db, matchingRows(actor, query), most + 1);
  return { count: Math.min(counted, most), more: counted > most };
}

/** The index with which the page before ended; what is none starts anew. */
function placeOf(after: string | null): bigint | null {
  return after !== null && /^\d{1,18}$/.test(after) ? BigInt(after) : null;
}
