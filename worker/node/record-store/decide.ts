import { shardOf } from '../records/shard-of.ts';
import { appendDecision, type Decision, type Verb } from './decisions.ts';
import { RecordStore, type StoredPerson } from './record-store.ts';
import { PatientError } from './store-error.ts';
import { type StorePlace } from './store-place.ts';
import { type StoreChange, writeStore } from './write-store.ts';

/** What came of a decision. `records`: how many of the patient's the store holds, or held. */
export type Decided = { decision: Decision; tag: string; shard: number; records: number };

/** Keeps a patient's records and uses them no more, until the restriction is lifted. */
export function restrictPatient(place: StorePlace, patientId: string, now = new Date()): Promise<Decided> {
  return decide(place, 'restrict', patientId, now);
}

export function liftRestriction(place: StorePlace, patientId: string, now = new Date()): Promise<Decided> {
  return decide(place, 'lift', patientId, now);
}

/**
 * Destroys a patient's key and removes the records. What is left is a tag that keeps them out for good. The decision is on
 * disk first: an erasure that is cut off is finished at the next start.
 */
export function erasePatient(place: StorePlace, patientId: string, now = new Date()): Promise<Decided> {
  return decide(place, 'erase', patientId, now);
}

async function decide(place: StorePlace, verb: Verb, patientId: string, now: Date): Promise<Decided> {
  const store = await RecordStore.open(place);
  if (!store) throw new PatientError('This node has taken in no records yet.');
  const { decisions } = store;
  const asked = store.tagOf(patientId);
  if (decisions.erased.has(asked)) throw new PatientError('This patient was erased already.');
  const person = await find(store, patientId);
  const tags = person.members.map(store.tagOf);
  const isRestricted = tags.some((tag) => decisions.restricted.has(tag));
  if (verb === 'restrict' && isRestricted)
    throw new PatientError("This patient's records are restricted already.");
  if (verb === 'lift' && !isRestricted) throw new PatientError("This patient's records are not restricted.");
  const decision = await appendDecision(
    place.decisionsFile,
    place.shardKey,
    decisions.head,
    { verb, tags },
    now,
  );
  const shard = shardOf(Buffer.from(place.shardKey), person.patientId, place.shards);
  await writeStore(place, store, {
    ...unchanged(store, verb === 'erase' ? person.records.length : 0),
    ...(verb === 'erase' && (await without(store, new Set([person.tag]), [shard]))),
    decisions: { seq: decision.seq, mac: decision.mac },
  });
  return { decision, tag: person.tag, shard, records: person.records.length };
}

/** Finishes erasures that a crash cut off between the decision and the key. */
export async function finishErasures(place: StorePlace): Promise<void> {
  const store = await RecordStore.open(place);
  if (!store) return;
  const { keys } = store.patients;
  const left = new Set([...store.decisions.erased].filter((tag) => keys.has(tag)));
  if (left.size === 0) return;
  const all = Array.from({ length: place.shards }, (_, shard) => shard);
  await writeStore(place, store, {
    ...unchanged(store),
    ...(await without(store, left, all)),
    decisions: store.decisions.head,
  });
}

async function find(store: RecordStore, patientId: string): Promise<StoredPerson> {
  const tag = store.find(patientId);
  const { shards } = store.place;
  for (let shard = 0; tag !== null && shard < shards; shard += 1) {
    const found = (await store.sealedOf(shard)).some((patient) => patient.tag === tag);
    if (!found) continue;
    const person = (await store.peopleOf(shard)).find((one) => one.tag === tag);
    if (person) return person;
  }
  throw new PatientError('This node holds no such patient. Give the id of a Patient resource of its source.');
}

function unchanged({ manifest, decisions }: RecordStore, gone = 0): StoreChange {
  const { source, takenInAt } = manifest;
  const counts = { ...manifest.counts, records: (manifest.counts.records ?? 0) - gone };
  return {
    shards: new Map(),
    patients: null,
    facts: { counts, source, takenInAt },
    decisions: decisions.head,
  };
}

async function without(
  store: RecordStore,
  gone: ReadonlySet<string>,
  shards: readonly number[],
): Promise<Pick<StoreChange, 'shards' | 'patients' | 'renewNodeKey'>> {
  const changed = new Map<number, Awaited<ReturnType<RecordStore['sealedOf']>>>();
  for (const shard of shards) {
    const patients = await store.sealedOf(shard);
    const left = patients.filter(({ tag }) => !gone.has(tag));
    // A cut-off erasure is filtered on reading already; its bytes are in the file all the same.
    changed.set(shard, left);
  }
  const keys = new Map([...store.patients.keys].filter(([tag]) => !gone.has(tag)));
  const aliases = new Map([...store.patients.aliases].filter(([, tag]) => !gone.has(tag)));
  return { shards: changed, patients: { keys, aliases }, renewNodeKey: true };
}
