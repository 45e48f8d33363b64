import type { RecordStore, StoredPerson } from '../record-store/record-store.ts';
import type { TakenIn } from '../record-store/take-in.ts';
import { linkedPatients } from '../records/patient-identity.ts';
import { DEFAULT_QUOTAS } from '../records/quotas.ts';
import { readResources } from '../records/read-resources.ts';
import { asList, asResource, asText, idOf, type Resource } from '../records/resource.ts';
import type { ResourceSource } from '../records/resource-source.ts';
import type { BulkExport } from './bulk-export.ts';

type Changed = { byType: Map<string, (Resource | undefined)[]>; replaced: Set<string>; deleted: Set<string> };

/**
 * What the store held, with what has changed since then in its place. Null where only a full export can tell: somebody's
 * resources are joined or parted, or a refusal was taken back and the store has kept nothing of that patient.
 */
export async function readChanges(
  exported: BulkExport,
  store: RecordStore,
  since: string,
): Promise<(Omit<TakenIn, 'source'> & { transactionTime: string }) | null> {
  const { output, deleted = [], transactionTime } = await exported.prepare(since);
  const changed: Changed = { byType: new Map(), replaced: new Set(), deleted: new Set() };
  for (const file of output) {
    const list = changed.byType.get(file.type) ?? [];
    changed.byType.set(file.type, list);
    for await (const resource of exported.resources(file)) {
      list.push(resource);
      const id = idOf(resource);
      if (id) changed.replaced.add(`${file.type}/${id}`);
    }
  }
  for (const file of deleted) {
    for await (const bundle of exported.resources(file)) noteDeletions(bundle, changed.deleted);
  }
  const people: StoredPerson[] = [];
  for (let shard = 0; shard < store.place.shards; shard += 1) people.push(...(await store.peopleOf(shard)));
  if (people.some((person) => needsAll(person, changed)) || bringsLinks(people, changed)) return null;
  const read = await readResources(merged(people, changed), DEFAULT_QUOTAS, true);
  return { people: read.people, counts: read.counts, transactionTime };
}

/** Bundles of requests, each for one resource that is no longer there. */
function noteDeletions(bundle: Resource | undefined, deleted: Set<string>): void {
  for (const entry of asList(bundle?.entry)) {
    const asked = asResource(entry.request);
    const url = asText(asked?.url);
    const named =
      asked?.method === 'DELETE' && url ? /([A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/.exec(url)?.[1] : undefined;
    if (named) deleted.add(named);
  }
}

const nameOf = (resource: Resource) => `${resource.resourceType}/${resource.id}`;

function needsAll({ denied, members, resources }: StoredPerson, { replaced, deleted }: Changed): boolean {
  const touched = (name: string) => replaced.has(name) || deleted.has(name);
  const consents = resources.filter(({ resourceType }) => resourceType === 'Consent');
  if (denied && consents.some((consent) => touched(nameOf(consent)))) return true;
  return members.length > 1 && members.some((id) => deleted.has(`Patient/${id}`));
}

/** Whether a Patient resource names others than it did before. */
function bringsLinks(people: readonly StoredPerson[], { byType }: Changed): boolean {
  const before = new Map<string, string>();
  for (const { resources } of people) {
    for (const resource of resources)
      if (resource.resourceType === 'Patient') before.set(String(resource.id), linksOf(resource));
  }
  return (byType.get('Patient') ?? []).some((patient) => {
    const id = idOf(patient);
    return patient && id ? linksOf(patient) !== (before.get(id) ?? '') : false;
  });
}

const linksOf = (patient: Resource) => [...linkedPatients(patient)].sort().join();

function merged(people: readonly StoredPerson[], { byType, replaced, deleted }: Changed): ResourceSource {
  const kept = people
    .flatMap(({ resources }) => resources)
    .filter((resource) => !replaced.has(nameOf(resource)) && !deleted.has(nameOf(resource)));
  const keptByType = Map.groupBy(kept, ({ resourceType }) => String(resourceType));
  return {
    types: new Set([...byType.keys(), ...keptByType.keys()]),
    async *resources(type) {
      for (const resource of byType.get(type) ?? [])
        if (!resource || !deleted.has(nameOf(resource))) yield resource;
      yield* keptByType.get(type) ?? [];
    },
  };
}
