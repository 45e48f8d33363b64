import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '#lib/actor';
import { loadOrCreateEd25519, rawPublicKey } from '#lib/crypto/key-files';
import { createPool } from '#lib/db/pool';
import { createPrisma, type Database } from '#lib/db/prisma';
import { hashPassword } from '#lib/identity/password';
import { loadOrCreateFederationFile } from './federation-file.ts';
import { openScenarioAccounts } from './open-scenario-accounts.ts';
import type { Scenario } from './scenario.ts';
import { idOf } from './scenario-ids.ts';
import { type SeededNode, writeHospitalFolders } from './write-hospital-folders.ts';

export type SeedOptions = {
  databaseUrl: string;
  dataDir: string;
  apiPort: number;
  log: (line: string) => void;
};

export type Seeded = {
  apiKey: string;
  model: string;
  logins: { role: Role; email: string; password: string }[];
  nodes: SeededNode[];
};

/** The database was seeded together with another data folder, whose keys this one lacks. */
export class ForeignDatabaseError extends Error {
  override readonly name = 'ForeignDatabaseError';
}

/** Fills an empty database and data folder with a scenario; a second call changes nothing but opens a new year's budgets. */
export async function seedScenario(scenario: Scenario, options: SeedOptions): Promise<Seeded> {
  const users = scenario.organisations.flatMap((organisation) => organisation.users);
  const file = loadOrCreateFederationFile(
    join(options.dataDir, 'federation.json'),
    users.map((user) => user.email),
  );
  const routerKey = rawPublicKey(
    loadOrCreateEd25519(join(options.dataDir, 'keys', 'router', 'identity.pem')),
  );
  const nodes = await writeHospitalFolders(scenario, options, routerKey.toString('hex'));
  const prisma = createPrisma(options.databaseUrl);
  const pool = createPool(options.databaseUrl, 2);
  try {
    const state = await prisma.ledgerState.findUnique({ where: { id: 1 } });
    if (state && state.federationId !== file.federationId) {
      throw new ForeignDatabaseError(
        'This database belongs to the federation of another data folder. Give that folder with --data-dir, or another DATABASE_URL.',
      );
    }
    if (!state) {
      await insertScenario(prisma, scenario, nodes, file);
      options.log(`Seeded the scenario "${scenario.name}"`);
    }
    await openScenarioAccounts(pool, scenario);
  } finally {
    await prisma.$disconnect();
    await pool.end();
  }
  return {
    apiKey: file.apiKey,
    model: 'demo-medllama',
    logins: users.map(({ role, email }) => ({ role, email, password: file.passwords[email] ?? '' })),
    nodes,
  };
}

/** All rows in one transaction, the ledger's own last: half a scenario is never taken for a whole one. */
async function insertScenario(
  prisma: Database,
  scenario: Scenario,
  nodes: readonly SeededNode[],
  secrets: { federationId: string; apiKey: string; passwords: Record<string, string> },
): Promise<void> {
  const people = await Promise.all(
    scenario.organisations.flatMap((organisation) =>
      organisation.users.map(async (user) => ({
        id: idOf('user', user.email),
        organisationId: idOf('organisation', organisation.key),
        departmentId: idOf('department', `${organisation.key}/${user.department}`),
        email: user.email,
        name: user.name,
        role: user.role,
        pseudonym: crypto.randomUUID(),
        passwordHash: await hashPassword(secrets.passwords[user.email] ?? crypto.randomUUID()),
      })),
    ),
  );
  const hospitals = scenario.organisations.flatMap((organisation) =>
    organisation.hospitals.map((hospital) => ({ organisation, hospital })),
  );
  const owner = people.find((person) => person.email === scenario.apiKeyOwner);
  if (!owner) throw new Error(`the scenario has no ${scenario.apiKeyOwner}`);
  await prisma.$transaction([
    prisma.purpose.createMany({ data: scenario.purposes }),
    prisma.organisation.createMany({
      data: scenario.organisations.map(({ key, name, region, maxRequestEpsilon }) => ({
        id: idOf('organisation', key),
        name,
        region,
        maxRequestEpsilon,
      })),
    }),
    prisma.department.createMany({
      data: scenario.organisations.flatMap(({ key, departments }) =>
        departments.map((name) => ({
          id: idOf('department', `${key}/${name}`),
          organisationId: idOf('organisation', key),
          name,
        })),
      ),
    }),
    prisma.user.createMany({ data: people }),
    prisma.apiKey.create({
      data: {
        id: idOf('api-key', scenario.apiKeyOwner),
        organisationId: owner.organisationId,
        userId: owner.id,
        name: 'Demo application',
        prefix: secrets.apiKey.slice(0, 9),
        sha256: createHash('sha256').update(secrets.apiKey).digest(),
      },
    }),
    prisma.hospital.createMany({
      data: hospitals.map(({ organisation, hospital }) => ({
        id: idOf('hospital', hospital.key),
        organisationId: idOf('organisation', organisation.key),
        name: hospital.name,
        region: organisation.region,
        regime: hospital.regime,
      })),
    }),
    prisma.hospitalPurpose.createMany({
      data: hospitals.flatMap(({ hospital }) =>
        hospital.purposes.map((purposeCode) => ({ hospitalId: idOf('hospital', hospital.key), purposeCode })),
      ),
    }),
    prisma.residencyRule.createMany({
      data: hospitals.flatMap(({ hospital }) =>
        hospital.allowedRegions.map((allowedRegion) => ({
          hospitalId: idOf('hospital', hospital.key),
          allowedRegion,
        })),
      ),
    }),
    prisma.node.createMany({
      data: hospitals.map(({ hospital }) => ({
        id: idOf('node', hospital.key),
        hospitalId: idOf('hospital', hospital.key),
        name: hospital.name,
        state: 'admitted' as const,
        tokenSha256: createHash('sha256').update(tokenOf(nodes, hospital.key)).digest(),
        shards: hospital.shards,
        lanes: hospital.lanes,
        datasetId: idOf('dataset', hospital.key),
      })),
    }),
    prisma.ledgerState.create({ data: { federationId: secrets.federationId } }),
  ]);
}

function tokenOf(nodes: readonly SeededNode[], key: string): string {
  const node = nodes.find((candidate) => candidate.id === idOf('node', key));
  if (!node) throw new Error(`no folder was written for the hospital ${key}`);
  return node.token;
}
