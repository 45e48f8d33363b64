type Proven = { index: bigint; path: readonly Buffer[]; checkpoint: string };

/** C2SP tlog-proof: what somebody needs besides the entry and the log's key to check a row without this product. */
export function tlogProof({ index, path, checkpoint }: Proven): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes}\n${checkpoint}`;
}
