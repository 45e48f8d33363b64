import { createHash } from 'node:crypto';
import { leafRow } from '#lib/audit-log/append-leaf';
import type { Database } from '#lib/db/prisma';
import { KEY_DAYS } from '#lib/identity/api-keys/schemas';
import type { Scenario } from './scenario.ts';
import { idOf } from './scenario-ids.ts';
import type { PersonRow } from './scenario-people.ts';

export type ScenarioRows = {
  people: readonly PersonRow[];
  federationId: string;
  apiKey: string;
  /** When everybody joined: before the first request of the history. */
  since: Date;
};

const LONGEST_KEY_MS = Math.max(...KEY_DAYS) * 24 * 60 * 60 * 1000;

/** All rows in one transaction, the ledger's own last: half a scenario is never taken for a whole one. */
export async function insertScenario(
  prisma: Database,
  scenario: Scenario,
  { people, federationId, apiKey, since: createdAt }: ScenarioRows,
): Promise<void> {
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
        createdAt,
      })),
    }),
    prisma.department.createMany({
      data: scenario.organisations.flatMap(({ key, departments }) =>
        departments.map(({ name }) => ({
          id: idOf('department', `${key}/${name}`),
          organisationId: idOf('organisation', key),
          name,
        })),
      ),
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
    prisma.user.createMany({ data: people.map((person) => ({ ...person, createdAt })) }),
    prisma.apiKey.create({
      data: {
        id: idOf('api-key', scenario.apiKeyOwner),
        organisationId: owner.organisationId,
        userId: owner.id,
        name: 'Demo application',
        prefix: apiKey.slice(0, 9),
        sha256: createHash('sha256').update(apiKey).digest(),
        createdAt,
        // As long as the console gives one at most.
        expiresAt: new Date(Date.now() + LONGEST_KEY_MS),
      },
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
      data: hospitals.map(({ organisation, hospital }) => ({
        id: idOf('node', hospital.key),
        hospitalId: idOf('hospital', hospital.key),
        name: hospital.name,
        state: 'admitted' as const,
        shards: hospital.shards,
        lanes: hospital.lanes,
        datasetId: idOf('dataset', hospital.key),
        dataSize: scenario.patientsPerHospital,
        computeCapacity: hospital.computeCapacity,
        complianceLevel: hospital.regime,
        jurisdiction: organisation.region,
        createdAt,
      })),
    }),
    // What the seed does by itself, the log says as it says what people do.
    ...hospitals.map(({ hospital }) => recordAdmission(prisma, idOf('node', hospital.key))),
    prisma.ledgerState.create({ data: { federationId } }),
  ]);
}

/** At the time it is written: the history before it was signed already. */
function recordAdmission(prisma: Database, nodeId: string) {
  const by = { by: null, reasonId: null };
  const event = {
    v: 1,
    atMs: Date.now(),
    type: 'node.transition',
    nodeId,
    from: null,
    to: 'admitted',
  } as const;
  return prisma.auditLeaf.create({ data: leafRow({ ...event, ...by }, nodeId) });
}
