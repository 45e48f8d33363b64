import type { Pool } from '#lib/db/pool';
import { prepared } from '#lib/db/prepared';
import { ForbiddenError, InvalidRequestError } from '#lib/errors';

/** An admitted node whose hospital's rules allow this caller and purpose. Connection and budget are not looked at. */
export type EligibleNode = { nodeId: string; hospitalId: string; datasetId: string; shards: number };

type Row = EligibleNode & { purposeAllowed: boolean; regionAllowed: boolean };

/**
 * Which admitted nodes may answer a caller of `callerRegion` for `purpose`: the purpose table, each hospital's
 * purposes and each hospital's residency rules decide. Throws InvalidRequestError for a purpose nobody defined,
 * ForbiddenError when the rules leave fewer than `minNodes` of otherwise enough.
 */
export async function findEligibleNodes(
  pool: Pool,
  caller: { region: string; purpose: string; minNodes: number },
): Promise<EligibleNode[]> {
  const found = await prepared(pool).query<Row | { nodeId: null }>(
    `SELECT n.id AS "nodeId", n.hospital_id AS "hospitalId", n.dataset_id AS "datasetId", n.shards,
       EXISTS (SELECT 1 FROM hospital_purpose p WHERE p.hospital_id = n.hospital_id AND p.purpose_code = $1) AS "purposeAllowed",
       EXISTS (SELECT 1 FROM residency_rule r WHERE r.hospital_id = n.hospital_id AND r.allowed_region = $2) AS "regionAllowed"
     FROM purpose LEFT JOIN node n ON n.state = 'admitted'
     WHERE purpose.code = $1 AND purpose.active ORDER BY n.id`,
    [caller.purpose, caller.region],
  );
  if (found.rowCount === 0) throw unknownPurpose(caller.purpose);
  const rows = found.rows.filter((row): row is Row => row.nodeId !== null);
  const forPurpose = rows.filter((row) => row.purposeAllowed);
  const eligible = forPurpose.filter((row) => row.regionAllowed);
  if (rows.length >= caller.minNodes && forPurpose.length < caller.minNodes) {
    throw new ForbiddenError(
      `Fewer than ${caller.minNodes} hospitals answer for the purpose "${caller.purpose}".`,
      {
        code: 'purpose_refused',
        param: 'privacy.purpose',
      },
    );
  }
  if (forPurpose.length >= caller.minNodes && eligible.length < caller.minNodes) {
    throw new ForbiddenError(
      `The residency rules of the hospitals do not let answers go to ${caller.region}: fewer than ${caller.minNodes} allow it.`,
      { code: 'residency_refused' },
    );
  }
  return eligible.map(({ nodeId, hospitalId, datasetId, shards }) => ({
    nodeId,
    hospitalId,
    datasetId,
    shards,
  }));
}

/** Throws InvalidRequestError for a purpose that nobody defined or that is no longer in use. */
export async function requirePurpose(pool: Pool, code: string): Promise<void> {
  const purpose = await pool.query('SELECT 1 FROM purpose WHERE code = $1 AND active', [code]);
  if (purpose.rowCount === 0) throw unknownPurpose(code);
}

function unknownPurpose(code: string): InvalidRequestError {
  return new InvalidRequestError(`The purpose "${code}" is not one this federation knows.`, {
    code: 'unknown_purpose',
    param: 'privacy.purpose',
  });
}
