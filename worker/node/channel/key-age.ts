import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../witness/write-durably.ts';

const FILE = 'tls-key-since';

/** When this node's TLS key was made: the certificate tells when it was last certified, which may be long after. */
export function keyMadeAt(dataDir: string, certificate: X509Certificate): Date {
  try {
    const noted = new Date(readFileSync(join(dataDir, FILE), 'utf8').trim());
    if (!Number.isNaN(noted.getTime())) return noted;
  } catch {
    // Nobody noted it: not before its certificate then, as far as anyone here knows.
  }
  return certificate.validFromDate;
}

export function noteKeyMade(dataDir: string, at: Date): Promise<void> {
  return writeDurably(join(dataDir, FILE), `${at.toISOString()}\n`);
}
