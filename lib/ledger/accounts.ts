import type { Pool, PoolClient } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { ExhaustedError } from '#lib/errors';

export type AccountKind = 'dataset' | 'user' | 'department' | 'organisation';

/** A budget holder and how it stands. All amounts are pico-rho. */
export type Account = {
  id: string;
  kind: AccountKind;
  ownerId: string;
  organisationId: string;
  name: string;
  period: string;
  capRhoPico: bigint;
  spentRhoPico: bigint;
  reservedRhoPico: bigint;
  delta: string;
  state: 'open' | 'frozen' | 'closed';
};

export type Owner = { kind: AccountKind; ownerId: string };

const COLUMNS = `a.id, a.kind::text AS kind, a.owner_id AS "ownerId", a.organisation_id AS "organisationId", a.name,
  a.period, a.cap_rho_pico AS "capRhoPico", a.spent_rho_pico AS "spentRhoPico",
  a.reserved_rho_pico AS "reservedRhoPico", a.delta, a.state::text AS state`;

export function remainingRhoPico(account: Account): bigint {
  return account.capRhoPico - account.spentRhoPico - account.reservedRhoPico;
}

/** The accounts that a request of these owners touches. Throws ExhaustedError when one has no account in the period. */
export async function findAccounts(pool: Pool, owners: readonly Owner[], period: string): Promise<Account[]> {
  const found = await prepared(pool).query<Account>(
    `SELECT ${COLUMNS} FROM account a
     JOIN unnest($1::text[], $2::uuid[]) AS wanted(kind, owner_id)
       ON a.kind::text = wanted.kind AND a.owner_id = wanted.owner_id
     WHERE a.period = $3 ORDER BY a.id`,
    [owners.map((owner) => owner.kind), owners.map((owner) => owner.ownerId), period],
  );
  const missing = owners.find(
    (owner) =>
      !found.rows.some((account) => account.kind === owner.kind && account.ownerId === owner.ownerId),
  );
  if (missing) {
    throw new ExhaustedError(
      `No ${missing.kind} budget is open for ${period}; a new period needs two people to open it.`,
      {
        code: 'privacy_budget_exhausted',
        extra: { account: { kind: missing.kind, period }, charged: false },
      },
    );
  }
  return found.rows;
}

/**
 * Locks accounts in id order (any other order deadlocks) and returns them as they stand: those named, and those that
 * the reservations of `requestIds` stand on.
 */
export async function lockAccounts(
  client: PoolClient,
  accountIds: readonly string[],
  requestIds: readonly string[] = [],
): Promise<Account[]> {
  const locked = await client.query<Account>(requestIds.length > 0 ? LOCK_RESERVED : LOCK, [
    accountIds,
    ...(requestIds.length > 0 ? [requestIds] : []),
  ]);
  return locked.rows;
}

// One look-up in the index for each id, whatever the planner believed of the table when it made the plan: these are
// small when a router starts, and its prepared statements live long.
const lock = (wanted: string) => `
  SELECT a.* FROM (${wanted} ORDER BY 1) AS wanted(id)
  CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM account a WHERE a.id = wanted.id FOR UPDATE) a`;
const LOCK = lock('SELECT unnest($1::uuid[])');
const LOCK_RESERVED = lock(`
  SELECT unnest($1::uuid[]) UNION
  SELECT e.account_id FROM unnest($2::uuid[]) AS asked(id)
  CROSS JOIN LATERAL (
    SELECT account_id FROM ledger_entry WHERE request_id = asked.id AND kind = 'reserve' OFFSET 0) e`);
