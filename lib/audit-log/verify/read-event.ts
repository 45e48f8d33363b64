import { z } from 'zod';
import { type AuditEvent, auditEventSchema } from '../events.ts';

/** Entries that balances and refusals are recomputed from: what else there is needs no more than its hash. */
const COUNTED = /^(ledger|account|budget|alert|log)\./;

const entrySchema = z.looseObject({ type: z.string() });

/**
 * What an entry says; null where it cannot be counted with, because it is no entry of this log. An entry may be anything
 * that somebody put there, so nothing is taken from it that was not looked at.
 */
export function readEvent(entry: Buffer): AuditEvent | null {
  try {
    const { salt: _, ...read } = entrySchema.parse(JSON.parse(entry.toString('utf8')));
    return COUNTED.test(read.type) ? auditEventSchema.parse(read) : (read as unknown as AuditEvent);
  } catch {
    return null;
  }
}
