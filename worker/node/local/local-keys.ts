import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeAndSync } from '../record-store/durable-files.ts';

const keySchema = z.strictObject({
  id: z.uuid(),
  name: z.string().min(1).max(100),
  /** SHA-256 of the key. The key itself is shown once and kept nowhere. */
  hash: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});
const fileSchema = z.strictObject({ version: z.literal(1), keys: z.array(keySchema) });
export type LocalKey = z.infer<typeof keySchema>;

const PREFIX = 'fdlr_local_';
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** The keys of clinicians that this node has made. They are good here and nowhere else. @throws when the file is damaged. */
export function readLocalKeys(file: string): LocalKey[] {
  if (!existsSync(file)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;
  } catch (cause) {
    throw new Error(`${file} is damaged: put back a whole copy, or delete it and make the keys anew.`, {
      cause,
    });
  }
}

/** Makes a key for one person. Gives the key, for the only time. */
export async function createLocalKey(
  file: string,
  { name, expiresAt }: { name: string; expiresAt: Date },
  now = new Date(),
): Promise<{ secret: string; key: LocalKey }> {
  const secret = PREFIX + randomBytes(24).toString('base64url');
  const key = {
    id: randomUUID(),
    name,
    hash: hashOf(secret),
    createdAt: now.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: null,
  };
  await write(file, [...readLocalKeys(file), keySchema.parse(key)]);
  return { secret, key };
}

/** False where there is no such key in use. It holds for the next request. */
export async function revokeLocalKey(file: string, id: string, now = new Date()): Promise<boolean> {
  const keys = readLocalKeys(file);
  const found = keys.find((key) => key.id === id && key.revokedAt === null);
  if (!found) return false;
  await write(
    file,
    keys.map((key) => (key === found ? { ...key, revokedAt: now.toISOString() } : key)),
  );
  return true;
}

/** Whose key it is; null for none, another's, one that ran out or was revoked. */
export function findLocalKey(file: string, secret: string, now = new Date()): LocalKey | null {
  if (!secret.startsWith(PREFIX)) return null;
  // Found by its hash: how long that takes tells nothing of the key.
  const hash = hashOf(secret);
  const found = readLocalKeys(file).find((key) => key.hash === hash);
  return found && found.revokedAt === null && new Date(found.expiresAt) > now ? found : null;
}

async function write(file: string, keys: LocalKey[]): Promise<void> {
  await writeWholeAndSync(file, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
}
