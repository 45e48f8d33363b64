import type { PoolClient } from '#lib/db/pool';
import type { Finding } from './finding.ts';
import type { LedgerLine, LoggedEntries, Opened } from './logged-entries.ts';

const LINES_AT_ONCE = 20_000;
/** So many requests are told apart; how many more there are is said. */
const MOST = 100;

/** Holds every line of the ledger, and what each account was opened as, against the leaves. */
export async function compareEntries(client: PoolClient, logged: LoggedEntries): Promise<Finding[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await client.query<LedgerLine & { id: string }>(
      `SELECT id, request_id AS "requestId", account_id AS "accountId", kind::text,
         spent_delta_pico AS spent, reserved_delta_pico AS reserved
       FROM ledger_entry WHERE id > $1 ORDER BY id LIMIT $2`,
      [after, LINES_AT_ONCE],
    );
    for (const line of rows) logged.take(line);
    if (rows.length < LINES_AT_ONCE) break;
    after = rows.at(-1)!.id;
  }
  const requests = logged.differing();
  const more = requests.length - MOST;
  return [
    ...requests
      .slice(0, MOST)
      .map((id) => differs(`The entries of request ${id} are not those that the log has of it.`)),
    ...(more > 0 ? [differs(`The entries of ${more} further requests are not those of the log.`)] : []),
    ...(await openedOtherwise(client, logged)),
  ];
}

async function openedOtherwise(client: PoolClient, { opened }: LoggedEntries): Promise<Finding[]> {
  const { rows } = await client.query<Opened & { id: string }>(
    'SELECT id, kind::text, delta, period FROM account ORDER BY id',
  );
  const facts = ['kind', 'delta', 'period'] as const;
  return rows.flatMap((account) => {
    const leaf = opened.get(account.id);
    return facts
      .filter((fact) => leaf && leaf[fact] !== account[fact])
      .map((fact) =>
        differs(`Account ${account.id} has ${fact} ${account[fact]}; it was opened with ${leaf![fact]}.`),
      );
  });
}

const differs = (detail: string): Finding => ({ attack: 'balance_differs', detail });
