import { z } from 'zod';
import { Prisma } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';

const rowSchema = z.object({
  /** Decimal: an index may outgrow what JSON's numbers hold. */
  index: z.string(),
  leafHash: z.string(),
  type: z.string(),
  /** Pseudonym; null where the product did it by itself. */
  actor: z.string().nullable(),
  subjectId: z.string().nullable(),
  at: z.date(),
  /** The leaf's text as it was hashed. */
  entry: z.string(),
});
export type LoggedRow = z.output<typeof rowSchema>;

type Page = { descending: boolean; after: bigint | null; size: number };
type Reader = Pick<Database, '$queryRaw'>;

/** Rows that meet a condition, from a place in the log on. The caller has authorised them. */
export async function readRows(
  db: Reader,
  condition: Prisma.Sql,
  { descending, after, size }: Page,
): Promise<LoggedRow[]> {
  const past = descending ? Prisma.sql`r.index < ${after}` : Prisma.sql`r.index > ${after}`;
  const order = descending ? Prisma.sql`desc` : Prisma.sql`asc`;
  const rows = await db.$queryRaw`
    select r.index::text, encode(r.leaf_hash, 'hex') as "leafHash", r.type, r.actor, r.subject_id as "subjectId", r.at,
           convert_from(l.entry, 'UTF8') as entry
    from audit_row r
    join audit_leaf l on l.index = r.index
    where ${condition} and ${after === null ? Prisma.sql`true` : past}
    order by r.index ${order}
    limit ${size}`;
  return z.array(rowSchema).parse(rows);
}

const countSchema = z.tuple([z.object({ count: z.coerce.number() })]);

/** `most`: no more are counted, so that a page of a log of many years need not read all of it. */
export async function countMatching(
  db: Reader,
  condition: Prisma.Sql,
  most: number | null = null,
): Promise<number> {
  const limit = most === null ? Prisma.sql`` : Prisma.sql`limit ${most}`;
  const [{ count }] = countSchema.parse(
    await db.$queryRaw`
      select count(*)::text as count from (select 1 from audit_row r where ${condition} ${limit}) as counted`,
  );
  return count;
}
