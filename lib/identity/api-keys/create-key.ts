import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { SessionActor } from '#lib/actor';
import { recordLeaf } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { actingPseudonym } from '../acting-pseudonym.ts';
import { authorise } from '../permissions.ts';
import type { CreateKey } from './schemas.ts';

const SECRET_BYTES = 24;
/** "fdlr_" and four characters: enough to tell one's keys apart, 24 of 192 bits given away. */
const PREFIX_CHARACTERS = 9;
const DAY_MS = 86_400_000;

/** Makes a key that asks as `actor`. The plain key is in the return value and nowhere else. */
export async function createKey(
  db: Database,
  actor: SessionActor,
  { name, days }: CreateKey,
  now = new Date(),
): Promise<{ id: string; key: string; expiresAt: Date }> {
  const { organisationId, userId } = actor;
  authorise(actor, 'api_key.create', { kind: 'api_key', organisationId, userId });
  const id = randomUUID();
  const key = `fdlr_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  await db.$transaction(async (tx) => {
    const by = await actingPseudonym(tx, actor);
    await tx.apiKey.create({
      data: {
        id,
        organisationId,
        userId,
        name,
        prefix: key.slice(0, PREFIX_CHARACTERS),
        sha256: new Uint8Array(createHash('sha256').update(key).digest()),
        createdAt: now,
        expiresAt,
      },
    });
    const expiresAtMs = expiresAt.getTime();
    await recordLeaf(
      tx,
      { v: 1, atMs: now.getTime(), type: 'api_key.created', by, apiKeyId: id, expiresAtMs },
      id,
    );
  });
  return { id, key, expiresAt };
}
