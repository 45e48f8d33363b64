import type { PoolClient } from '#lib/db/pool';
import type { AuditEvent } from '../events.ts';
import { leafHash } from '../merkle.ts';
import { compareEntries } from './compare-entries.ts';
import type { Finding } from './finding.ts';
import type { LedgerTally, Tallied } from './ledger-tally.ts';
import type { LoggedEntries } from './logged-entries.ts';
import { readEvent } from './read-event.ts';

const LEAVES_AT_ONCE = 2_000;

type Account = {
  id: string;
  name: string;
  cap: bigint;
  spent: bigint;
  reserved: bigint;
  state: string;
  entries_spent: string;
  entries_reserved: string;
};

type Waiting = { id: string; at: Date; entry: Buffer; hash: Buffer; type: string };

/**
 * Holds every account's balance, and its entries, against what the leaves say: those of the tree, which are in
 * the tally, and those that wait for their index. All of one moment, in the caller's transaction.
 */
export async function compareLedger(
  client: PoolClient,
  tally: LedgerTally,
  logged: LoggedEntries,
): Promise<{ accounts: number; findings: Finding[] }> {
  const waiting = await addWaiting(client, (event) => {
    tally.add(event);
    logged.add(event);
  });
  const found = await client.query<Account>(
    `SELECT a.id, a.name, a.cap_rho_pico AS cap, a.spent_rho_pico AS spent, a.reserved_rho_pico AS reserved,
       a.state::text AS state, coalesce(e.spent, 0)::text AS entries_spent, coalesce(e.reserved, 0)::text AS entries_reserved
     FROM account a LEFT JOIN (SELECT account_id, sum(spent_delta_pico) AS spent, sum(reserved_delta_pico) AS reserved
       FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.id ORDER BY a.id`,
  );
  const known = new Set(found.rows.map(({ id }) => id));
  const gone = [...tally.accounts.keys()].filter((id) => !known.has(id));
  return {
    accounts: found.rows.length,
    findings: [
      ...waiting,
      ...found.rows.flatMap((account) => faultsOf(account, tally.accounts.get(account.id))),
      ...(await compareEntries(client, logged)),
      ...gone.map((id): Finding => differs(id, 'is in the log and not in the ledger')),
    ],
  };
}

function faultsOf(account: Account, logged: Tallied | undefined): Finding[] {
  const { id, cap, spent, reserved, state } = account;
  const { spent: leavesSpent = 0n, reserved: leavesReserved = 0n, cap: loggedCap = null } = logged ?? {};
  const says: [boolean, string][] = [
    [spent !== leavesSpent, `has ${spent} pico-rho spent; its leaves say ${leavesSpent}`],
    [reserved !== leavesReserved, `has ${reserved} pico-rho set aside; its leaves say ${leavesReserved}`],
    [
      spent !== BigInt(account.entries_spent),
      `has ${spent} pico-rho spent; its entries say ${account.entries_spent}`,
    ],
    [
      reserved !== BigInt(account.entries_reserved),
      `has ${reserved} pico-rho set aside; its entries say ${account.entries_reserved}`,
    ],
    [loggedCap === null, 'was never opened in the log'],
    [loggedCap !== null && loggedCap !== cap, `has a cap of ${cap} pico-rho; the log says ${loggedCap}`],
    [logged !== undefined && logged.state !== state, `is ${state}; the log says ${logged?.state}`],
  ];
  return says.filter(([wrong]) => wrong).map(([, what]) => differs(id, what));
}

const differs = (id: string, what: string): Finding => ({
  attack: 'balance_differs',
  detail: `Account ${id} ${what}.`,
});

/** Entries that wait for their index are in no tree yet: each must be what its own columns say of it. */
async function addWaiting(client: PoolClient, onEvent: (event: AuditEvent) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  let after: { at: Date; id: string } | null = null;
  for (;;) {
    const rows: Waiting[] = (
      await client.query<Waiting>(
        `SELECT id, created_at AS at, entry, leaf_hash AS hash, type FROM audit_leaf
         WHERE index IS NULL AND ($1::timestamptz IS NULL OR (created_at, id) > ($1, $2::uuid))
         ORDER BY created_at, id LIMIT $3`,
        [after?.at ?? null, after?.id ?? null, LEAVES_AT_ONCE],
      )
    ).rows;
    for (const { id, entry, hash, type } of rows) {
      const event = readEvent(entry);
      if (event) onEvent(event);
      if (event?.type === type && leafHash(entry).equals(hash)) continue;
      const detail = `Entry ${id}, which waits for its place, is not what was written.`;
      findings.push({ attack: 'altered_leaf', detail });
    }
    const last = rows.at(-1);
    if (!last || rows.length < LEAVES_AT_ONCE) return findings;
    after = { at: last.at, id: last.id };
  }
}
