import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/**
 * What a data folder knows about its own federation and the database must not: the plain API key and the passwords of
 * a seeded scenario, in a file that only its owner may read. The database holds their hashes.
 */
const schema = z.strictObject({
  federationId: z.uuid(),
  apiKey: z.string(),
  passwords: z.record(z.string(), z.string()),
});
export type FederationFile = z.infer<typeof schema>;

export function loadOrCreateFederationFile(path: string, emails: string[]): FederationFile {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const file: FederationFile = {
    federationId: randomUUID(),
    apiKey: `fdlr_${randomBytes(24).toString('base64url')}`,
    passwords: Object.fromEntries(emails.map((email) => [email, randomBytes(9).toString('base64url')])),
  };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
