import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRequest, readRequest, spkiHash } from '#lib/nodes/pki/request';
import { writeDurably } from '../witness/write-durably.ts';

/**
 * The request that this key be certified, kept: made again it would be signed otherwise, and where the router's reply
 * was lost it takes the very same request once more and no other.
 */
export async function ownRequest(dataDir: string, tlsKeyPem: string): Promise<Buffer> {
  const file = join(dataDir, 'tls.csr');
  const spki = createPublicKey(tlsKeyPem).export({ type: 'spki', format: 'der' });
  const kept = existsSync(file) ? await readRequest(Buffer.from(readFileSync(file, 'utf8'), 'base64')) : null;
  if (kept?.spkiSha256.equals(spkiHash(new Uint8Array(spki).buffer))) return kept.der;
  const made = await makeRequest(tlsKeyPem);
  await writeDurably(file, `${made.toString('base64')}\n`);
  return made;
}
