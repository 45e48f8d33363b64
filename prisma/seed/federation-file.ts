import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

/** Throws one line that names the file when it is there and not what was written. */
export function loadOrCreateFederationFile(path: string, emails: string[]): FederationFile {
  try {
    return parse(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const file: FederationFile = {
    federationId: randomUUID(),
    apiKey: `fdlr_${randomBytes(24).toString('base64url')}`,
    passwords: Object.fromEntries(emails.map((email) => [email, randomBytes(9).toString('base64url')])),
  };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeWhole(path, `${JSON.stringify(file, null, 2)}\n`);
  return file;
}

/** Makes the file that of a new federation, whose people keep their passwords and whose application keeps its key. */
export function renewFederationId(path: string, federationId: string): void {
  const file = { ...parse(path, readFileSync(path, 'utf8')), federationId };
  writeWhole(path, `${JSON.stringify(file, null, 2)}\n`);
}

function parse(path: string, text: string): FederationFile {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is damaged. Restore it from a backup, or begin anew with --reset.`, { cause });
  }
}

/** The file is there with all of its content, on disk, or not at all: the database soon holds what fits only to it. */
function writeWhole(path: string, text: string) {
  const draft = `${path}.draft`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
