import type { PrincipalActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import { Prisma } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { actingPseudonym } from '#lib/identity/acting-pseudonym';
import type { CsvValue } from '#lib/tables/csv';
import { type AuditQuery, narrowedBy } from './audit-query.ts';
import { matchingRows } from './matching-rows.ts';
import { namesIn } from './names-in.ts';
import { countMatching, type LoggedRow, readRows } from './read-rows.ts';
import { proofFile } from './row-proof.ts';
import { pathsTo } from './row-proofs.ts';
import { type Head, witnessedHead } from './witnessed-head.ts';

const ROWS_AT_ONCE = 500;

export const EXPORT_FORMATS = ['csv', 'ndjson', 'proofs'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A part of what is taken along: read, sent and forgotten before the next. */
type Batch = LoggedRow[];

/**
 * All rows that the query keeps, to take along, some at a time. That they were taken is in the log before the first
 * leaves: how many and narrowed by what. Throws ForbiddenError for a role that may not export.
 */
export async function exportRows(
  db: Database,
  actor: PrincipalActor,
  query: AuditQuery,
  format: ExportFormat,
  now = new Date(),
): Promise<AsyncGenerator<Batch>> {
  const matching = matchingRows(actor, query, 'audit.export');
  const newest = await db.auditRow.findFirst({ orderBy: { index: 'desc' }, select: { index: true } });
  // What is logged while the file is written is not in it: the number in the log stays true.
  const condition = Prisma.sql`${matching} and r.index <= ${newest?.index ?? -1n}`;
  await db.$transaction(async (transaction) => {
    const [count, principal] = await Promise.all([
      countMatching(transaction, condition),
      actingPseudonym(transaction, actor),
    ]);
    const event = { v: 1, atMs: now.getTime(), type: 'audit.exported' } as const;
    await recordLeaf(
      transaction,
      { ...event, principal, count, format, narrowedBy: narrowedBy(query) },
      actor.organisationId,
    );
  });
  return batches(db, condition, query.sort.descending);
}

async function* batches(db: Database, condition: Prisma.Sql, descending: boolean): AsyncGenerator<Batch> {
  let after: bigint | null = null;
  for (;;) {
    const rows: LoggedRow[] = await readRows(db, condition, { descending, after, size: ROWS_AT_ONCE });
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = BigInt(last.index);
  }
}

export type CsvRow = LoggedRow & { actorName: string | null };

/** With the names of the organisation's own people who acted; others keep their pseudonym. */
export async function* csvRows(
  db: Database,
  actor: PrincipalActor,
  parts: AsyncIterable<Batch>,
): AsyncGenerator<CsvRow> {
  for await (const rows of parts) {
    const names = await namesIn(
      db,
      actor,
      rows.map((row) => ({ actor: row.actor, entry: '' })),
    );
    for (const row of rows) yield { ...row, actorName: (row.actor && names[row.actor]?.name) || null };
  }
}

export const AUDIT_EXPORT_COLUMNS: readonly [string, (row: CsvRow) => CsvValue][] = [
  ['index', (row) => BigInt(row.index)],
  ['at', (row) => row.at],
  ['type', (row) => row.type],
  ['actor', (row) => row.actorName],
  ['actor_pseudonym', (row) => row.actor],
  ['subject_id', (row) => row.subjectId],
  ['leaf_hash', (row) => row.leafHash],
  ['entry', (row) => row.entry],
];

/** One object a line: the entry exactly as it was hashed, as a text. */
export async function* ndjsonLines(parts: AsyncIterable<Batch>): AsyncGenerator<string> {
  for await (const rows of parts)
    for (const { index, leafHash, entry } of rows)
      yield `${JSON.stringify({ index: Number(index), leafHash, entry })}\n`;
}

/** One object a line: a whole tlog-proof for each row, all to one head. */
export async function* proofLines(db: Database, parts: AsyncIterable<Batch>): AsyncGenerator<string> {
  let head: Head | null = null;
  for await (const rows of parts) {
    const indexes = rows.map(({ index }) => BigInt(index));
    const minSize = indexes.reduce((most, index) => (index > most ? index : most), 0n) + 1n;
    if (head === null || head.size < minSize) head = await witnessedHead(db, minSize);
    if (head === null) throw new Error('integrated rows have no head');
    const proofs = await pathsTo(db, indexes, head.size);
    for (const [at, { index, path }] of proofs.entries()) {
      const row = rows[at]!;
      yield `${JSON.stringify({ index: Number(index), leafHash: row.leafHash, proof: proofFile(row, path, head) })}\n`;
    }
  }
}
