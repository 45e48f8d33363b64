import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool, PoolClient } from '#lib/db/pool';
import { witnessVerifierKey } from './cosignature.ts';

/** The verifier keys of the nodes that witness the log: every admitted one whose identity is known. */
export async function readWitnesses(db: Pool | PoolClient): Promise<string[]> {
  const found = await db.query<{ id: string; key: Buffer }>(
    `SELECT id, identity_key AS key FROM node WHERE state = 'admitted' AND identity_key IS NOT NULL ORDER BY id`,
  );
  return found.rows.map(({ id, key }) => witnessVerifierKey(id, publicKeyFromRaw(key)));
}
