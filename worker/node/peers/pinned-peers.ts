import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { publicKeyFromRaw } from '#lib/crypto/key-files';

/** The hospitals this one is willing to answer together with, by node id: whose keys it believes, and no others. */
export type PinnedPeers = ReadonlyMap<string, KeyObject>;

const schema = z.array(z.looseObject({ nodeId: z.uuid(), identityKey: z.string().regex(/^[0-9a-f]{64}$/) }));

/** Reads the hospital's own list. The router is never asked who is on it. @throws with the file's name. */
export function readPinnedPeers(file: string): PinnedPeers {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The list of pinned peers ${file} cannot be read.`, { cause });
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The list of pinned peers ${file} is not valid. ${faults.join('; ')}`);
  }
  return new Map(
    parsed.data.map(({ nodeId, identityKey }) => [nodeId, publicKeyFromRaw(Buffer.from(identityKey, 'hex'))]),
  );
}
