import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shardOf } from '../node/records/shard-of.ts';

/** One visit of a patient: what was found, and what was written about it. */
export type Visit = { diagnosis: string; note: string };
export type Patient = { id: string; visits: readonly Visit[] };

/** Both neighbours have one shard key: they are the same hospital, and every other patient lies where they lay. */
export const shardKey = (key: string) =>
  createHash('sha256').update(`shard key of the audited ${key}`).digest();

/** The id of the `number`th patient that the key puts into this shard. */
export function patientIn(place: { key: string; shard: number; shards: number }, number: number): string {
  const { key, shard, shards } = place;
  for (let candidate = 0, found = 0; ; candidate += 1) {
    const id = `${key}-${candidate}`;
    if (shardOf(shardKey(key), id, shards) === shard && found++ === number) return id;
  }
}

/** Records and shard key of one hospital, where its node looks for them. */
export function writeHospital(
  dataDir: string,
  { folder, key, patients }: { folder: string; key: string; patients: readonly Patient[] },
): void {
  const hospital = join(dataDir, 'hospitals', folder);
  const records = join(hospital, 'records');
  mkdirSync(records, { recursive: true, mode: 0o700 });
  mkdirSync(join(hospital, 'node'), { recursive: true, mode: 0o700 });
  writeFileSync(join(hospital, 'node', 'shard.key'), shardKey(key).toString('hex'), { mode: 0o600 });
  const write = (type: string, resources: readonly object[]) =>
    writeFileSync(
      join(records, `${type}.ndjson`),
      resources.map((resource) => `${JSON.stringify({ resourceType: type, ...resource })}\n`).join(''),
    );
  const visits = patients.flatMap(({ id, visits }) =>
    visits.map((visit, number) => ({ ...visit, patient: id, id: `${id}-${number}` })),
  );
  const of = ({ patient, id }: (typeof visits)[number]) => ({
    id,
    subject: { reference: `Patient/${patient}` },
  });
  write(
    'Patient',
    patients.map(({ id }) => ({ id })),
  );
  write('Encounter', visits.map(of));
  write(
    'Condition',
    visits.map((visit) => ({
      ...of(visit),
      encounter: { reference: `Encounter/${visit.id}` },
      code: { coding: [{ code: visit.diagnosis, display: visit.diagnosis }] },
    })),
  );
  write(
    'DocumentReference',
    visits.map((visit) => ({
      ...of(visit),
      status: 'current',
      date: '2024-05-06T10:00:00Z',
      context: { encounter: [{ reference: `Encounter/${visit.id}` }] },
      content: [
        { attachment: { contentType: 'text/plain', data: Buffer.from(visit.note).toString('base64') } },
      ],
    })),
  );
}
