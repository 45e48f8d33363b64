import { randomUUID } from 'node:crypto';
import type { Reservation } from '../../lib/ledger/reserve.ts';

const BODY_HASH = Buffer.alloc(32, 7);
const COHORT = Array.from({ length: 3 }, () => randomUUID()).sort();

/** A debit as the router asks for one: the default vote, of three hospitals. */
export function debitOf(accountIds: readonly string[], requestId: string = randomUUID()): Reservation {
  return {
    requestId,
    organisationId: '5f0c6a0e-7c55-4a08-9d8a-6f8a1d1c3c11',
    departmentId: '0a7f0a6b-3a55-4a55-8a71-2f9d2f0c7b22',
    userId: 'c2f1d6b4-5d0e-4d49-8f0d-1b2a3c4d5e33',
    apiKeyId: null,
    pseudonym: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
    route: 'federated',
    mechanism: 'vote',
    mode: 'exact',
    model: 'demo-medllama',
    purpose: 'care',
    bodyHash: BODY_HASH,
    epsilon: 0.1,
    delta: '0.00001',
    rhoPico: 433n,
    nodes: 3,
    shards: 192,
    labelCount: 8,
    parameters: { mode: 'exact', beta: { num: '1', den: '34' }, K: 8, s: 192, cohort: COHORT },
    accountIds,
    replica: 'bench',
    reservedForMs: 60_000,
  };
}
