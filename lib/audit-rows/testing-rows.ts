import { generateKeyPairSync } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import type { LogSigner } from '#lib/audit-log/checkpoint';
import type { AuditEvent } from '#lib/audit-log/events';
import { fillRows } from '#lib/audit-log/fill-rows';
import { integrate } from '#lib/audit-log/integrate';
import { keyInMemory } from '#lib/crypto/key-custody';
import type { TestDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';

/** A log of a test's own, whose leaves have their rows. */
export function testRows(db: TestDatabase) {
  const signer: LogSigner = {
    origin: 'fdlr/test',
    key: keyInMemory(generateKeyPairSync('ed25519').privateKey),
  };
  return {
    signer,
    /** Logs events one after the other, each at its own time, each in a head of its own. */
    async write(events: readonly AuditEvent[]): Promise<void> {
      for (const event of events) {
        await transaction(db.pool, (client) => appendLeaf(client, event, null, new Date(event.atMs)));
        await integrate(db.pool, signer);
      }
      while ((await fillRows(db.pool)) > 0);
    },
  };
}
