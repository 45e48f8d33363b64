import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bulkFiles } from '../records/bulk-files.ts';

/** Types that records are made of: a change in any other file changes nothing here. */
export const READ_TYPES = ['Patient', 'Consent', 'Encounter', 'Condition', 'DocumentReference'] as const;

/** The SHA-256 of each file that is read, by name. */
export async function folderFingerprint(folder: string): Promise<Record<string, string>> {
  const files = await bulkFiles(folder);
  const hashes: Record<string, string> = {};
  for (const type of READ_TYPES) {
    for (const file of files.get(type) ?? []) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
      hashes[basename(file)] = hash.digest('hex');
    }
  }
  return hashes;
}
