import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { PoolClient } from '#lib/db/pool';
import { receiptVerifier, type SignedReceipt } from '#lib/nodes/receipt';
import { readSpendLog, SpendLogError } from '#lib/nodes/spend-log-file';
import { insertReceipts } from '../insert-receipts.ts';

/** Receipts of one statement. */
const AT_ONCE = 2_000;

export type KnownNode = { id: string; name: string; datasetId: string; identityKey: Buffer | null };
/** A node's spend log that was read to its end, every receipt chained and signed. */
export type GivenLog = { file: string; nodeId: string; receipts: number };

/** A file that is not what it must be, by its name: nothing was changed. */
export class GivenLogError extends Error {
  override readonly name = 'GivenLogError';
  constructor(file: string, what: string, cause?: unknown) {
    super(`${file}: ${what}. Nothing was changed.`, { cause });
  }
}

/**
 * Reads spend logs into the temporary table `given_receipt`, each verified against the identity key that was pinned for
 * its node. @throws GivenLogError naming the file that is forged, cut, foreign or given twice.
 */
export async function readGivenLogs(
  client: PoolClient,
  files: readonly string[],
  nodes: ReadonlyMap<string, KnownNode>,
  onProgress: (file: string, receipts: number) => void,
): Promise<GivenLog[]> {
  await client.query('CREATE TEMPORARY TABLE given_receipt (LIKE node_receipt INCLUDING ALL) ON COMMIT DROP');
  const logs: GivenLog[] = [];
  for (const file of files) {
    const log = await readOne(client, file, nodes, onProgress);
    const twin = logs.find(({ nodeId }) => nodeId === log.nodeId);
    if (twin) throw new GivenLogError(file, `it is the same node's as ${twin.file}; give one of the two`);
    logs.push(log);
  }
  await client.query('ANALYZE given_receipt');
  return logs;
}

async function readOne(
  client: PoolClient,
  file: string,
  nodes: ReadonlyMap<string, KnownNode>,
  onProgress: (file: string, receipts: number) => void,
): Promise<GivenLog> {
  let waiting: SignedReceipt[] = [];
  let verify: ((signed: SignedReceipt) => boolean) | null = null;
  let log: GivenLog | null = null;
  const write = async () => {
    await insertReceipts(client, waiting, 'given_receipt');
    waiting = [];
    if (log) onProgress(file, log.receipts);
  };
  try {
    for await (const { signed } of readSpendLog(file, { finished: true })) {
      log ??= { file, nodeId: signed.receipt.nodeId, receipts: 0 };
      verify ??= verifierOf(nodes.get(log.nodeId), log);
      if (!verify(signed))
        throw new GivenLogError(
          file,
          `receipt ${signed.receipt.seq} is not signed by the identity key pinned for node ${log.nodeId}`,
        );
      log.receipts++;
      if (waiting.push(signed) >= AT_ONCE) await write();
    }
  } catch (error) {
    if (error instanceof SpendLogError) throw new GivenLogError(file, error.message, error);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new GivenLogError(file, 'there is no such file', error);
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR')
      throw new GivenLogError(file, 'it is a folder; name the spend-log.ndjson in it', error);
    throw error;
  }
  if (!log) throw new GivenLogError(file, 'it holds no receipt');
  await write();
  return log;
}

function verifierOf(node: KnownNode | undefined, { file, nodeId }: GivenLog) {
  if (!node) throw new GivenLogError(file, `it is of node ${nodeId}, which this ledger does not know`);
  if (!node.identityKey)
    throw new GivenLogError(
      file,
      `node ${node.name} has no pinned identity key in this database, so nothing it signed can be checked; let it connect first`,
    );
  return receiptVerifier(publicKeyFromRaw(node.identityKey));
}
