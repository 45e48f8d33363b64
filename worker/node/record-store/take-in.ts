import { randomBytes } from 'node:crypto';
import type { ReadCounts } from '../records/read-counts.ts';
import type { Person } from '../records/read-resources.ts';
import { shardOf } from '../records/shard-of.ts';
import { readDecisions } from './decisions.ts';
import type { PatientKeys } from './key-file.ts';
import { patientTags } from './patient-tag.ts';
import type { RecordStore } from './record-store.ts';
import { KEY_BYTES, seal } from './sealed.ts';
import type { SealedPatient } from './shard-file.ts';
import type { StorePlace } from './store-place.ts';
import { writeStore } from './write-store.ts';

export type TakenIn = { people: readonly Person[]; counts: ReadCounts; source: Record<string, string> };

/**
 * Makes the store hold these people and nobody else, and gives the shards in which anything is different. Who was erased stays
 * out, whatever the source says. Everybody stays in their shard, for nothing but the id and the shard key assigns it; who
 * is as before keeps key and file.
 */
export async function takeIn(
  place: StorePlace,
  old: RecordStore | null,
  { people, counts, source }: TakenIn,
  now: Date,
): Promise<number[]> {
  const tagOf = patientTags(place.shardKey);
  const decisions = readDecisions(place.decisionsFile, place.shardKey);
  const byShard = Array.from({ length: place.shards }, (): { tag: string; person: Person }[] => []);
  const patients: PatientKeys = { keys: new Map(), aliases: new Map() };
  let records = 0;
  for (const person of people) {
    const tags = person.members.map(tagOf);
    if (tags.some((tag) => decisions.erased.has(tag))) continue;
    const tag = tagOf(person.patientId);
    patients.keys.set(tag, old?.patients.keys.get(tag) ?? randomBytes(KEY_BYTES));
    for (const alias of tags) if (alias !== tag) patients.aliases.set(alias, tag);
    byShard[shardOf(Buffer.from(place.shardKey), person.patientId, place.shards)]?.push({ tag, person });
    records += person.records.length;
  }
  const changed = new Map<number, SealedPatient[]>();
  for (const [shard, own] of byShard.entries()) {
    const sealed = await sealShard(old, shard, own, patients);
    if (sealed) changed.set(shard, sealed);
  }
  await writeStore(place, old, {
    shards: changed,
    patients,
    facts: { counts: { ...counts, records }, source, takenInAt: now.toISOString() },
    decisions: decisions.head,
  });
  return [...changed.keys()];
}

/** A shard's people as they lie on disk; null where nobody is different. Who is as before is not sealed anew. */
async function sealShard(
  old: RecordStore | null,
  shard: number,
  own: readonly { tag: string; person: Person }[],
  { keys }: PatientKeys,
): Promise<SealedPatient[] | null> {
  const before = new Map<string, { sealed: Buffer; content: string }>();
  if (old) {
    const sealed = await old.sealedOf(shard);
    for (const [at, { tag, ...person }] of (await old.peopleOf(shard)).entries())
      before.set(tag, { sealed: sealed[at]!.sealed, content: contentOf(person) });
  }
  let same = old !== null && before.size === own.length;
  const patients = own.map(({ tag, person }): SealedPatient => {
    const content = contentOf(person);
    const kept = before.get(tag);
    if (kept?.content === content) return { tag, sealed: kept.sealed };
    same = false;
    return { tag, sealed: seal(keys.get(tag)!, Buffer.from(content, 'utf8'), Buffer.from(tag)) };
  });
  return same ? null : patients;
}

function contentOf({ patientId, members, denied, records, resources }: Person): string {
  return JSON.stringify({ patientId, members, denied, records, resources });
}
