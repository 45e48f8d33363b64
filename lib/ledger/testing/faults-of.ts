import type { Pool } from '#lib/db/pool';

export type Fault = { rule: string; what: string };

/** Settle and release leaves by request and account; a settle leaf names its accounts even where it charges nothing. */
const LEAVES = `leaves AS (
  SELECT l.subject_id AS request_id, l.type, (moved ->> 'accountId')::uuid AS account_id,
    (moved ->> 'rhoPico')::bigint AS rho_pico
  FROM audit_leaf l, LATERAL jsonb_array_elements(convert_from(l.entry, 'UTF8')::jsonb -> 'accounts') moved
  WHERE l.type IN ('ledger.reserve', 'ledger.settle', 'ledger.release')),
  entries AS (
  SELECT request_id, account_id, count(*) FILTER (WHERE kind = 'reserve') AS reserves,
    count(*) FILTER (WHERE kind IN ('settle', 'release')) AS closings,
    sum(reserved_delta_pico) FILTER (WHERE kind = 'reserve') AS set_aside,
    sum(reserved_delta_pico) AS reserved, sum(spent_delta_pico) AS spent
  FROM ledger_entry GROUP BY request_id, account_id)`;

/** Each finds what an honest ledger has none of. */
const RULES: Record<string, string> = {
  '0 <= spent, 0 <= reserved, spent + reserved <= cap': `
    SELECT a.id::text AS what FROM account a
    WHERE a.spent_rho_pico < 0 OR a.reserved_rho_pico < 0 OR a.spent_rho_pico + a.reserved_rho_pico > a.cap_rho_pico`,
  'spent and reserved are the sums of the entries': `
    SELECT a.id::text AS what FROM account a LEFT JOIN (
      SELECT account_id, sum(spent_delta_pico) AS spent, sum(reserved_delta_pico) AS reserved
      FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.id
    WHERE a.spent_rho_pico <> coalesce(e.spent, 0) OR a.reserved_rho_pico <> coalesce(e.reserved, 0)`,
  'spent is the sum of the leaves': `
    WITH ${LEAVES} SELECT a.id::text AS what FROM account a LEFT JOIN (
      SELECT account_id, sum(rho_pico) AS spent FROM leaves WHERE type = 'ledger.settle' GROUP BY account_id) l
      ON l.account_id = a.id
    WHERE a.spent_rho_pico <> coalesce(l.spent, 0)`,
  'reserved is what the leaves set aside and did not close': `
    WITH ${LEAVES} SELECT a.id::text AS what FROM account a LEFT JOIN (
      SELECT r.account_id, sum(r.rho_pico) AS reserved FROM leaves r WHERE r.type = 'ledger.reserve' AND NOT EXISTS (
        SELECT 1 FROM leaves c WHERE c.request_id = r.request_id AND c.type <> 'ledger.reserve')
      GROUP BY r.account_id) l ON l.account_id = a.id
    WHERE a.reserved_rho_pico <> coalesce(l.reserved, 0)`,
  'all entries of a request or none': `
    WITH ${LEAVES} SELECT coalesce(l.request_id, e.request_id)::text AS what
    FROM (SELECT * FROM leaves WHERE type = 'ledger.reserve') l
    FULL JOIN entries e ON e.request_id = l.request_id AND e.account_id = l.account_id
    WHERE e.reserves IS DISTINCT FROM 1 OR e.set_aside IS DISTINCT FROM l.rho_pico`,
  'a request is closed on all its accounts or on none, by one leaf, as its row says': `
    WITH ${LEAVES} SELECT r.id::text AS what FROM request r JOIN entries e ON e.request_id = r.id
    LEFT JOIN leaves c ON c.request_id = e.request_id AND c.account_id = e.account_id AND c.type <> 'ledger.reserve'
    WHERE CASE r.state
      WHEN 'reserved' THEN e.closings > 0 OR c.type IS NOT NULL OR e.reserved <> r.rho_pico
      ELSE e.reserved <> 0 OR c.type IS NULL OR e.spent <> r.charged_rho_pico END`,
  'a request has one leaf of each kind at most': `
    SELECT subject_id::text AS what FROM audit_leaf WHERE type LIKE 'ledger.%'
    GROUP BY subject_id, CASE type WHEN 'ledger.reserve' THEN 'reserve' ELSE 'close' END HAVING count(*) > 1`,
};

/** What breaks the ledger's invariants, all of them in one look at the database. An honest ledger has no fault. */
export async function faultsOf(pool: Pool): Promise<Fault[]> {
  const sql = Object.values(RULES).map((rule, i) => `SELECT ${i} AS rule, what FROM (${rule}) AS rule_${i}`);
  const { rows } = await pool.query<{ rule: number; what: string }>(sql.join(' UNION ALL '));
  const names = Object.keys(RULES);
  return rows.map(({ rule, what }) => ({ rule: names[rule]!, what }));
}
