import type { PoolClient } from '#lib/db/pool';
import { together } from '#lib/db/together';
import { type Account, lockAccounts } from '../accounts.ts';
import { insertRequests, type RequestRow } from '../insert-request.ts';
import type { Reservation } from '../reserve.ts';
import { type Move, requestIdOf } from './move.ts';

/** A reservation that stands: how much of which accounts, and for what. */
export type Standing = {
  mechanism: string;
  /** As stored, never parsed: what is written on must be the same to the last digit. */
  parametersJson: string;
  reserved: { accountId: string; rhoPico: bigint }[];
};

/** What a batch finds, with every row that it may change locked. */
export type Stock = {
  /** Requests whose row is this batch's own. */
  inserted: ReadonlySet<string>;
  /** Reservations that are still to be closed, by request. */
  standing: ReadonlyMap<string, Standing>;
  accounts: ReadonlyMap<string, Account>;
};

/**
 * Inserts the rows of the requests that are new, locks those to be closed, then the accounts of all of them: one round
 * trip. No two batches can wait for each other in a circle, whatever processes they are in: each first inserts, in id
 * order, then locks requests, in id order, then accounts, in id order; rows it has inserted are invisible to those who
 * lock, so nobody waits for a batch that is in an earlier step than itself, except for one that is in the same step.
 * Receipts are written last, by batches as by those who keep late ones: all of them lock the accounts before. Only an
 * account that a receipt's request came to after that look is locked late; a circle over it Postgres ends, and both retry.
 */
export async function takeStock(client: PoolClient, moves: readonly Move[], at: Date | null): Promise<Stock> {
  const reservations = moves.flatMap((move) => (move.kind === 'reserve' ? [move.reservation] : []));
  const closedIds = moves.filter((move) => move.kind !== 'reserve').map(requestIdOf);
  const accountIds = [...new Set(reservations.flatMap((reservation) => reservation.accountIds))];
  const [inserted, locked, accounts] = await together(client, () => [
    insertRequests(client, reservations.map(rowOf), at),
    lockStanding(client, closedIds),
    accountIds.length > 0 || closedIds.length > 0 ? lockAccounts(client, accountIds, closedIds) : [],
  ]);
  return { inserted, standing: locked, accounts: new Map(accounts.map((account) => [account.id, account])) };
}

function rowOf({ requestId, pseudonym, accountIds, ...asked }: Reservation): RequestRow {
  return { ...asked, id: requestId, state: 'reserved', errorCode: null, errorMessage: null };
}

type Row = {
  id: string;
  mechanism: string;
  parametersJson: string;
  accountIds: string[] | null;
  rhoPico: string[] | null;
};

async function lockStanding(
  client: PoolClient,
  requestIds: readonly string[],
): Promise<Map<string, Standing>> {
  if (requestIds.length === 0) return new Map();
  const found = await client.query<Row>(
    `SELECT r.id, r.mechanism, r.parameters::text AS "parametersJson", e."accountIds", e."rhoPico"
     FROM (SELECT unnest($1::uuid[]) ORDER BY 1) AS wanted(id)
     CROSS JOIN LATERAL (SELECT id, mechanism, parameters FROM request
                         WHERE id = wanted.id AND state = 'reserved' FOR UPDATE) r
     CROSS JOIN LATERAL (SELECT array_agg(account_id ORDER BY account_id) AS "accountIds",
                           array_agg(reserved_delta_pico::text ORDER BY account_id) AS "rhoPico"
                         FROM ledger_entry WHERE request_id = r.id AND kind = 'reserve') e`,
    [requestIds],
  );
  return new Map(
    found.rows.map(({ id, accountIds, rhoPico, ...asked }) => [
      id,
      {
        ...asked,
        reserved: (accountIds ?? []).map((accountId, i) => ({ accountId, rhoPico: BigInt(rhoPico![i]!) })),
      },
    ]),
  );
}
