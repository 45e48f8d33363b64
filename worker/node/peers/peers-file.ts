import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../witness/write-durably.ts';

/** The nodes that this hospital answers together with. Only people at the hospital write it: the router has no say. */
const peerSchema = z.strictObject({
  nodeId: z.uuid(),
  name: z.string().max(128),
  identityKey: z.string().regex(/^[0-9a-f]{64}$/),
  addedAt: z.iso.datetime(),
});
export type PinnedPeer = z.output<typeof peerSchema>;
const fileSchema = z.array(peerSchema);

/** @throws with the file's name. */
export function readPeersFile(file: string): PinnedPeer[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The list of pinned peers ${file} cannot be read.`, { cause });
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The list of pinned peers ${file} is not valid. ${faults.join('; ')}`);
}

/** The whole list, or the former one: a node that reads it meanwhile never sees half. */
export function writePeersFile(file: string, peers: readonly PinnedPeer[]): Promise<void> {
  return writeDurably(file, `${JSON.stringify(peers, null, 2)}\n`);
}
