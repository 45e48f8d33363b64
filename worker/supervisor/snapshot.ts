import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { renameLog } from '#lib/audit-log/rename-log';
import { keyInFile } from '#lib/crypto/key-custody';
import { createDatabase, dropDatabase, renameDatabase } from '#lib/db/create-database';
import { createPool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { renewFederationId } from '../../prisma/seed/federation-file.ts';
import { describeSnapshot, keepRecord, type Snapshot } from './snapshot-record.ts';

const NO_SUCH_DATABASE = '3D000';

function sibling(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Copies a database that was seeded a moment ago, and that nobody is connected to, for the resets to come. */
export async function takeSnapshot(databaseUrl: string, root: string): Promise<void> {
  const snapshot = describeSnapshot();
  const copy = sibling(databaseUrl, snapshot.database);
  await dropDatabase(copy);
  await createDatabase(copy, new URL(databaseUrl).pathname.slice(1));
  keepRecord(root, snapshot);
}

/**
 * Puts the copy in the database's place, as a federation of its own: a new id, its audit log under that id, and nodes
 * that have answered nothing. Keys, passwords and records stay. Returns false, having changed nothing, when the copy
 * is not there. Cut off half-way, it leaves no database, and the next start seeds one.
 */
export async function restoreSnapshot(
  databaseUrl: string,
  root: string,
  snapshot: Snapshot,
): Promise<boolean> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const next = sibling(databaseUrl, `${name}_next`);
  await dropDatabase(next);
  try {
    await createDatabase(next, snapshot.database);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === NO_SUCH_DATABASE) return false;
    throw error;
  }
  const federationId = randomUUID();
  await becomeOwnFederation(next, federationId, join(root, 'keys', 'router', 'audit-log.pem'));
  await dropDatabase(databaseUrl);
  forgetNodes(root);
  renewFederationId(join(root, 'federation.json'), federationId);
  await renameDatabase(next, name);
  return true;
}

/** The same with an empty database in its place, for the scenario to be seeded into. */
export async function beginEmpty(databaseUrl: string, root: string): Promise<void> {
  await dropDatabase(databaseUrl);
  forgetNodes(root);
  renewFederationId(join(root, 'federation.json'), randomUUID());
  await createDatabase(databaseUrl);
}

async function becomeOwnFederation(databaseUrl: string, federationId: string, logKeyFile: string) {
  const signer = { origin: `fdlr/${federationId}`, key: keyInFile(logKeyFile) };
  const pool = createPool(databaseUrl, 1);
  try {
    await transaction(pool, async (client) => {
      await client.query('UPDATE ledger_state SET federation_id = $1', [federationId]);
      await renameLog(client, signer);
    });
  } finally {
    await pool.end();
  }
}

/** Identity, certificate, shard key and spend log of every node: the ledger that knew them is gone, and each makes them anew. */
function forgetNodes(root: string) {
  const hospitals = join(root, 'hospitals');
  for (const name of readdirSync(hospitals))
    rmSync(join(hospitals, name, 'node'), { recursive: true, force: true });
}
