import type { InclusionProof } from './inclusion-proof.ts';

/**
 * C2SP tlog-proof: a proof to keep and to check without the log. The entry itself is not secret and goes along as the
 * extra data, which the format leaves to the application; whoever checks the proof hashes it.
 */
export function formatTlogProof({ leafIndex, path, checkpoint }: InclusionProof, entry: Buffer): string {
  const lines = [
    'c2sp.org/tlog-proof@v1',
    `extra ${entry.toString('base64')}`,
    `index ${leafIndex}`,
    ...path.map((hash) => Buffer.from(hash, 'hex').toString('base64')),
    '',
  ];
  return `${lines.join('\n')}\n${checkpoint}`;
}

export type TlogProof = { entry: Buffer | null; index: bigint; path: Buffer[]; checkpoint: string };

/** Throws for what is not of this form. */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, end < 0 ? 0 : end).split('\n');
  if (header !== 'c2sp.org/tlog-proof@v1') throw new Error('not a tlog-proof of version 1');
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()!.slice('extra '.length) : null;
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map((line) => Buffer.from(line, 'base64'));
  if (index === undefined || path.some((hash) => hash.length !== 32)) {
    throw new Error('the tlog-proof is malformed');
  }
  const entry = extra === null ? null : Buffer.from(extra, 'base64');
  return { entry, index: BigInt(index), path, checkpoint: text.slice(end + 2) };
}
