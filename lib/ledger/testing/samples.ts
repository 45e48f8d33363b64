import { randomUUID } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { openAccount } from '../open-account.ts';
import type { Reservation } from '../reserve.ts';
import type { Settlement } from '../settle.ts';

/** A well-formed debit of one pico-rho, changed as the test wants. */
export function aReservation(change: Partial<Reservation> = {}): Reservation {
  return {
    requestId: randomUUID(),
    organisationId: randomUUID(),
    departmentId: randomUUID(),
    userId: randomUUID(),
    apiKeyId: null,
    pseudonym: randomUUID(),
    route: 'federated',
    mechanism: 'vote',
    mode: 'exact',
    model: 'm',
    purpose: 'care',
    bodyHash: Buffer.alloc(32),
    epsilon: 0.1,
    delta: '0.00001',
    rhoPico: 1n,
    nodes: 3,
    shards: 192,
    labelCount: 4,
    parameters: { K: 4 },
    accountIds: [],
    replica: 'router-0',
    reservedForMs: 600_000,
    ...change,
  };
}

/** A settlement of everything that was reserved, with no answer to keep. */
export function aSettlement(requestId: string, change: Partial<Settlement> = {}): Settlement {
  return {
    requestId,
    outcome: 'answered',
    code: null,
    message: null,
    chargeRhoPico: null,
    receipts: [],
    stagesMs: {},
    sealReply: null,
    ...change,
  };
}

/** Opens so many accounts of their own with this cap, through the ledger's own verb. Returns their ids, in no order. */
export async function openAccounts(pool: Pool, count: number, capRhoPico: bigint): Promise<string[]> {
  const owners = Array.from({ length: count }, () => randomUUID());
  await transaction(pool, async (client) => {
    for (const ownerId of owners)
      await openAccount(client, {
        kind: 'user',
        ownerId,
        organisationId: randomUUID(),
        name: 'a',
        period: '2026',
        capRhoPico,
        delta: '0.00001',
      });
  });
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM account WHERE owner_id = ANY($1) ORDER BY array_position($1, owner_id)',
    [owners],
  );
  return rows.map((row) => row.id);
}
