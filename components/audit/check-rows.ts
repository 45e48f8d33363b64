import { type CheckResult, verifyInclusion } from '#lib/audit-log/browser/verify-inclusion';
import { consoleApi } from '../console-api.ts';
import type { LogHead } from './use-log-head.ts';

const reply = async () => (await import('#lib/console-api/audit')).ROW_PROOFS.reply;

export type CheckableRow = { index: string; leafHash: string; entry: string };
/** `unable` for rows that no proof could be had for, which proves nothing against them. */
export type RowResult = CheckResult;

/** Sibling hashes of rows in the tree of a head, by the rows' numbers. */
export async function fetchPaths(
  rows: readonly CheckableRow[],
  size: string,
  signal?: AbortSignal,
): Promise<Map<string, readonly string[]>> {
  const query = new URLSearchParams({ size, indexes: rows.map(({ index }) => index).join(',') });
  const path = `/api/console/audit/proofs?${query}`;
  const { proofs } = await consoleApi(path, reply, signal ? { signal } : {});
  return new Map(proofs.map((proof) => [proof.index, proof.path]));
}

/** What this browser needs to check a row against a head; null where the head says nothing. */
export function claimOf(row: CheckableRow, path: readonly string[], head: LogHead) {
  const { verdict, checkpoint, verifierKey } = head;
  if (!verdict.head) return null;
  const { size, rootHash } = verdict.head;
  const { entry, leafHash, index } = row;
  return { entry, leafHash, leafIndex: index, treeSize: size, rootHash, path, checkpoint, verifierKey };
}

/** Checks rows one after the other against a head that holds, telling of each. */
export async function checkRows(
  rows: readonly CheckableRow[],
  head: LogHead,
  tell: (index: string, result: RowResult) => void,
): Promise<void> {
  const size = head.verdict.head?.size ?? '0';
  // What was logged after this head is in the next one.
  const covered = rows.filter(({ index }) => BigInt(index) < BigInt(size));
  const paths = covered.length > 0 ? await fetchPaths(covered, size) : new Map<string, readonly string[]>();
  for (const row of rows) {
    const path = paths.get(row.index);
    const claim = path && claimOf(row, path, head);
    tell(row.index, claim ? (await verifyInclusion(claim)).overall : 'unable');
  }
}
