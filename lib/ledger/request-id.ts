import { uuidV5 } from '#lib/crypto/uuid';

/**
 * The id of a debited request: UUIDv5(organisation, principal, idempotency key). A retry finds its own row, and
 * nobody can probe or replay another tenant's request by guessing its key.
 */
export function deriveRequestId(organisationId: string, principalId: string, idempotencyKey: string): string {
  return uuidV5(organisationId, `${principalId}\0${idempotencyKey}`);
}
