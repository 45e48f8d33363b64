import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { rawPublicKey } from '#lib/crypto/key-files';
import type { Pool } from '#lib/db/pool';
import type { Database } from '#lib/db/prisma';
import { createAccount, createHospital, createTenant, type Tenant } from '#lib/identity/testing/tenant';
import { type Reservation, reserve } from '#lib/ledger/reserve';
import { settle } from '#lib/ledger/settle';
import type { SignedReceipt } from '#lib/nodes/receipt';
import { SpendLog } from '../node/guard/spend-log.ts';

/** A hospital that spends for real and computes nothing: its spend log, and its dataset's account in the ledger. */
export type SpendingHospital = {
  nodeId: string;
  datasetId: string;
  accountId: string;
  identity: KeyObject;
  file: string;
  log: SpendLog;
};

/** An organisation with hospitals whose keys are pinned, and accounts for its datasets and one caller. */
export async function spendingHospitals(db: Database, folder: string, count: number, period: string) {
  const tenant = await createTenant(db);
  const { organisationId } = tenant;
  const hospitals: SpendingHospital[] = [];
  for (let i = 0; i < count; i++) {
    const [nodeId, datasetId] = [randomUUID(), randomUUID()];
    const { privateKey: identity, publicKey } = generateKeyPairSync('ed25519');
    await db.node.create({
      data: {
        id: nodeId,
        hospitalId: await createHospital(db, organisationId),
        name: `Hospital ${i + 1}`,
        state: 'admitted',
        identityKey: new Uint8Array(rawPublicKey(publicKey)),
        shards: 64,
        lanes: 1,
        datasetId,
      },
    });
    const file = join(folder, `${nodeId}.ndjson`);
    const log = await SpendLog.open(file, nodeId, identity);
    const accountId = await createAccount(db, organisationId, 'dataset', datasetId, period);
    hospitals.push({ nodeId, datasetId, accountId, identity, file, log });
  }
  const caller = await Promise.all(
    (['user', 'department', 'organisation'] as const).map((kind) =>
      createAccount(db, organisationId, kind, randomUUID(), period),
    ),
  );
  return { tenant, hospitals, caller };
}
export type SpendingFederation = Awaited<ReturnType<typeof spendingHospitals>>;

/** One token's or vote's spend at each of these hospitals, on disk. */
export async function spendAt(
  cohort: readonly SpendingHospital[],
  requestId: string,
  rhoPico: bigint,
  ledgerEpoch = 1,
): Promise<SignedReceipt[]> {
  const h = randomBytes(32).toString('hex');
  return Promise.all(cohort.map(({ log }) => log.spend({ ledgerEpoch, requestId, h, rhoPico })));
}

/** Sets `rhoPico` aside on the cohort's and the caller's accounts, and returns the request's id. */
export async function reserveFor(
  pool: Pool,
  { tenant, caller }: { tenant: Tenant; caller: readonly string[] },
  cohort: readonly SpendingHospital[],
  rhoPico: bigint,
  change: Partial<Reservation> = {},
): Promise<string> {
  const requestId = randomUUID();
  const reservation: Reservation = {
    ...tenant,
    requestId,
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
    rhoPico,
    nodes: cohort.length,
    shards: 192,
    labelCount: 2,
    parameters: {},
    accountIds: [...caller, ...cohort.map(({ accountId }) => accountId)],
    replica: 'test',
    reservedForMs: 600_000,
    ...change,
  };
  await reserve(pool, reservation);
  return requestId;
}

/** Closes it: answered at `chargeRhoPico` (null: all of it), or failed and charged in full. */
export async function settleFor(
  pool: Pool,
  requestId: string,
  outcome: 'answered' | 'failed',
  receipts: readonly SignedReceipt[],
  chargeRhoPico: bigint | null = null,
): Promise<void> {
  const failed = outcome === 'failed';
  await settle(pool, {
    requestId,
    outcome,
    code: failed ? 'round_failed' : null,
    message: failed ? 'The round failed.' : null,
    chargeRhoPico,
    receipts,
    stagesMs: {},
    sealReply: null,
  });
}
