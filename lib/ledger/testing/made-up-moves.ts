import { randomUUID } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { type NewAccount, openAccount } from '../open-account.ts';
import type { Reservation } from '../reserve.ts';
import type { Settlement } from '../settle.ts';

/** Opens an account for each cap and returns their ids in the same order. */
export async function openAccounts(
  pool: Pool,
  capsRhoPico: readonly bigint[],
  change: Partial<NewAccount> = {},
): Promise<string[]> {
  const accounts = capsRhoPico.map(
    (capRhoPico): NewAccount => ({
      kind: 'user',
      ownerId: randomUUID(),
      organisationId: randomUUID(),
      name: 'a',
      period: '2026',
      capRhoPico,
      delta: '0.00001',
      ...change,
    }),
  );
  await transaction(pool, async (client) => {
    for (const account of accounts) await openAccount(client, account);
  });
  const found = await pool.query<{ id: string; owner_id: string }>(
    'SELECT id, owner_id FROM account WHERE owner_id = ANY($1)',
    [accounts.map((account) => account.ownerId)],
  );
  const idOf = new Map(found.rows.map((row) => [row.owner_id, row.id]));
  return accounts.map((account) => idOf.get(account.ownerId)!);
}

export function madeUpReservation(
  change: Partial<Reservation> & Pick<Reservation, 'accountIds'>,
): Reservation {
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
    replica: 'r',
    // Longer than any test: what one leaves reserved shall not be over while another looks.
    reservedForMs: 24 * 3_600_000,
    ...change,
  };
}

export function madeUpSettlement(requestId: string, change: Partial<Settlement> = {}): Settlement {
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
