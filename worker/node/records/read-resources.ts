import { conceptLabels } from './concept-labels.ts';
import { consentOf, deniesUse } from './denies-use.ts';
import { keptResource } from './keep-resource.ts';
import { noteText } from './note-text.ts';
import { identifyPatients, linkedPatients } from './patient-identity.ts';
import { PersonRecords } from './person-records.ts';
import { DEFAULT_QUOTAS, type Quotas } from './quotas.ts';
import { noCounts, type ReadCounts } from './read-counts.ts';
import type { PatientRecord } from './record.ts';
import { asList, asResource, asText, firstCode, idOf, type Resource, referencedId } from './resource.ts';
import type { ResourceSource } from './resource-source.ts';

/** Somebody an export holds, and what it says of them. */
export type Person = {
  patientId: string;
  /** Every Patient resource that is this person, `patientId` among them. */
  members: string[];
  denied: boolean;
  /** Empty where they refused, as are the resources but for who they are and what they refused. */
  records: Omit<PatientRecord, 'patientId'>[];
  /** What records can be made of again, where it was asked for. */
  resources: Resource[];
};

export type ReadRecords = { records: PatientRecord[]; people: Person[]; counts: ReadCounts };

const RETRACTED = new Set(['entered-in-error', 'refuted']);

/**
 * Reads FHIR R4 resources: one record per clinical note, labelled with the diagnoses of its encounter, without patients
 * who refused. Whose a resource is gets settled first; everything else is decided within that person, so that one
 * person's records never change what is read of another's. Bad lines are counted and skipped; the records must not be
 * used while `badConsentLines` or `unclearDenials` is not zero.
 */
export async function readResources(
  source: ResourceSource,
  quotas: Quotas = DEFAULT_QUOTAS,
  keep = false,
): Promise<ReadRecords> {
  const counts = noCounts();
  const kept = new Map<string, Resource[]>();
  const keepFor = (person: string, resource: Resource) => {
    if (!keep) return;
    const own = kept.get(person);
    if (own) own.push(resource);
    else kept.set(person, [resource]);
  };

  /** Every well-formed resource of a type. */
  async function* resources(type: string): AsyncGenerator<{ id: string; resource: Resource }> {
    for await (const resource of source.resources(type)) {
      const id = idOf(resource);
      if (resource && id && resource.resourceType === type) yield { id, resource };
      else {
        counts.badLines += 1;
        if (type === 'Consent') counts.badConsentLines += 1;
      }
    }
  }

  const links = new Map<string, Set<string>>();
  for await (const { id, resource } of resources('Patient')) {
    if (links.has(id)) counts.repeated += 1;
    else links.set(id, linkedPatients(resource));
  }
  const identity = identifyPatients(links);
  counts.patients = identity.people.size;
  counts.unmergedLinks = identity.unmergedLinks;

  // Every line counts, also where two consents bear the same id: either may be the refusal.
  const denied = new Set<string>();
  for await (const { resource } of resources('Consent')) {
    if (!deniesUse(resource)) continue;
    const { ids, unclear } = consentOf(resource);
    const people = new Set([...ids].map(identity.personOf));
    if (unclear || people.size !== 1) counts.unclearDenials += 1;
    for (const person of people) {
      denied.add(person);
      keepFor(person, resource);
    }
  }
  const persons = new Map<string, PersonRecords>();
  for (const id of identity.people) {
    if (denied.has(id)) counts.patientsDenied += 1;
    else persons.set(id, new PersonRecords(id, quotas));
  }

  /** Every resource of a type that belongs to one person who did not refuse, once. */
  async function* owned(type: string) {
    for await (const { id, resource } of resources(type)) {
      const owner = identity.onlyPerson(resource);
      const person = owner === undefined ? undefined : persons.get(owner);
      if (!person) {
        if (owner === undefined || !denied.has(owner)) counts.unattributable += 1;
        continue;
      }
      const met = person.meet(type, id);
      if (met !== 'new') {
        counts[met] += 1;
        continue;
      }
      keepFor(person.patientId, keptResource(type, id, resource, person.patientId, quotas));
      yield { id, resource, person };
    }
  }

  for await (const { id, resource, person } of owned('Encounter')) {
    const reasons = asList(resource.reasonCode).slice(0, quotas.labelsPerRecord);
    person.addEncounter(
      id,
      reasons.flatMap((reason) => conceptLabels(reason, quotas)),
    );
  }
  for await (const { resource, person } of owned('Condition')) {
    if (RETRACTED.has(firstCode(resource.verificationStatus) ?? '')) counts.retracted += 1;
    else {
      person.addCondition({
        encounterId: referencedId(resource.encounter, 'Encounter'),
        date: asText(resource.recordedDate) ?? asText(resource.onsetDateTime),
        labels: conceptLabels(resource.code, quotas),
      });
    }
  }
  const records: PatientRecord[] = [];
  for await (const { resource, person } of owned('DocumentReference')) {
    if (RETRACTED.has(asText(resource.status) ?? '') || RETRACTED.has(asText(resource.docStatus) ?? '')) {
      counts.retracted += 1;
      continue;
    }
    const text = noteText(resource, quotas.charactersPerRecord);
    const encounters = asList(asResource(resource.context)?.encounter);
    const encounterId = referencedId(encounters[0] ?? resource.encounter, 'Encounter');
    const labels = person.labelsFor(encounterId, asText(resource.date));
    if (text === undefined) counts.documentsWithoutText += 1;
    else if (labels.length === 0) counts.documentsWithoutLabel += 1;
    else if (!person.takes(text.length)) counts.overQuota += 1;
    else records.push({ patientId: person.patientId, text, labels: [...labels] });
  }
  const recordsOf = Map.groupBy(records, ({ patientId }) => patientId);
  const members = Map.groupBy(links.keys(), identity.personOf);
  const people = [...identity.people].map((patientId): Person => {
    const own = members.get(patientId) ?? [patientId];
    const patients = own.map((id) => patientWith(id, links.get(id)));
    return {
      patientId,
      members: own,
      denied: denied.has(patientId),
      records: (recordsOf.get(patientId) ?? []).map(({ text, labels }) => ({ text, labels })),
      resources: keep ? [...patients, ...(kept.get(patientId) ?? [])] : [],
    };
  });
  return { records, people, counts };
}

function patientWith(id: string, linked: Iterable<string> = []): Resource {
  const link = [...linked].map((other) => ({ other: { reference: `Patient/${other}` } }));
  return { resourceType: 'Patient', id, link };
}
