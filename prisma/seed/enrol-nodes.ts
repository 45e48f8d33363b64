import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import { loadOrCreateEd25519, rawPublicKey } from '#lib/crypto/key-files';
import { createPool, type PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { MAY_CONNECT } from '#lib/nodes/onboarding/transitions';
import { type Authority, loadAuthority } from '#lib/nodes/pki/authority';
import { certifyNode } from '#lib/nodes/pki/certify-node';
import { newTlsKey } from '#lib/nodes/pki/p256';
import { makeRequest, readRequest } from '#lib/nodes/pki/request';
import { noteKeyMade } from '../../worker/node/channel/key-age.ts';
import { readTls, writeAuthority, writeTls } from '../../worker/node/channel/tls-files.ts';
import { type PinnedPeer, writePeersFile } from '../../worker/node/peers/peers-file.ts';
import type { SeededNode } from './write-hospital-folders.ts';

type Row = { id: string; name: string; identityKey: Buffer | null };

/**
 * Gives the nodes of a scenario what a hospital gets by its enrolment: keys of their own, a certificate, and each other
 * as pinned peers. Whoever has that already keeps it, so that every start may ask; a node that people have put out
 * stays out. After the snapshot for resets: a federation that begins anew has new keys.
 */
export async function enrolSeededNodes(
  databaseUrl: string,
  dataDir: string,
  nodes: readonly SeededNode[],
): Promise<void> {
  const authority = await loadAuthority(join(dataDir, 'keys', 'router'));
  const pool = createPool(databaseUrl, 1);
  try {
    await transaction(pool, async (client) => {
      const federation = await client.query<{ id: string }>('SELECT federation_id AS id FROM ledger_state');
      const found = await client.query<Row>(
        `SELECT id, name, identity_key AS "identityKey" FROM node
         WHERE id = ANY($1) AND state::text = ANY($2) FOR UPDATE`,
        [nodes.map(({ id }) => id), MAY_CONNECT],
      );
      const pinned: PinnedPeer[] = [];
      for (const row of found.rows) {
        const node = nodes.find(({ id }) => id === row.id)!;
        pinned.push(await enrol(client, authority, federation.rows[0]!.id, node, row));
      }
      for (const { id, peersFile } of nodes) await writeMissingPeers(peersFile, pinned, id);
    });
  } finally {
    await pool.end();
  }
}

async function enrol(
  client: PoolClient,
  authority: Authority,
  federationId: string,
  { id: nodeId, dataDir }: SeededNode,
  row: Row,
): Promise<PinnedPeer> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const identity = rawPublicKey(loadOrCreateEd25519(join(dataDir, 'identity.pem')));
  const identityKey = identity.toString('hex');
  const now = new Date();
  if (!row.identityKey?.equals(identity)) {
    await client.query('UPDATE node SET identity_key = $2, enrolled_at = $3 WHERE id = $1', [
      nodeId,
      identity,
      now,
    ]);
    await appendLeaf(client, { v: 1, atMs: now.getTime(), type: 'node.pinned', nodeId, identityKey }, nodeId);
  }
  if (!(await hasCertificate(client, authority, { id: nodeId, dataDir }))) {
    const key = newTlsKey();
    const request = (await readRequest(await makeRequest(key)))!;
    const { pem } = await certifyNode(client, authority, { federationId, nodeId }, request, now);
    await writeAuthority(dataDir, authority.pem);
    await writeTls(dataDir, key, pem);
    await noteKeyMade(dataDir, now);
    await client.query('UPDATE node SET csr = $2 WHERE id = $1', [nodeId, request.der]);
  }
  return { nodeId, name: row.name, identityKey, addedAt: now.toISOString() };
}

/** One in the folder that the database knows, and that works for the days to come. */
async function hasCertificate(
  client: PoolClient,
  authority: Authority,
  { id, dataDir }: Pick<SeededNode, 'id' | 'dataDir'>,
): Promise<boolean> {
  try {
    const { certificate } = readTls({ dataDir, caFingerprint: authority.fingerprint });
    const known = await client.query(
      `SELECT 1 FROM node_certificate WHERE node_id = $1 AND serial = $2 AND revoked_at IS NULL
         AND not_after > now() + interval '1 day'`,
      [id, certificate.serialNumber.toLowerCase()],
    );
    return known.rowCount === 1;
  } catch {
    return false;
  }
}

/** Each other, and never itself. What a person has changed in the list stays. */
async function writeMissingPeers(file: string, all: readonly PinnedPeer[], nodeId: string): Promise<void> {
  if (existsSync(file)) return;
  await writePeersFile(
    file,
    all.filter((peer) => peer.nodeId !== nodeId),
  );
}
