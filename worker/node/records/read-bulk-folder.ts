import { bulkFiles } from './bulk-files.ts';
import { conceptLabels } from './concept-labels.ts';
import { deniesUse } from './denies-use.ts';
import { createRecordJoin } from './join-records.ts';
import { ndjsonLines } from './ndjson-lines.ts';
import { noteText } from './note-text.ts';
import { createPatientIdentity } from './patient-identity.ts';
import { patientsNamed } from './patients-named.ts';
import type { PatientRecord } from './record.ts';
import { asList, asResource, asText, firstCode, type Resource, referencedId } from './resource.ts';

/** What was left out and why. Private: for the hospital's own log, never for the router. */
export type ReadCounts = {
  patients: number;
  /** Lines that are no resource of the type their file is named for. */
  badLines: number;
  /** Of these, lines of Consent files: a refusal may hide in them, so the operator must look. */
  badConsentLines: number;
  /** The same resource again, e.g. in overlapping parts. */
  repeated: number;
  /** Resources that name several patients, none, or one that the export does not hold. */
  unattributable: number;
  patientsDenied: number;
  documentsWithoutText: number;
  documentsWithoutLabel: number;
  /** Documents marked as entered in error, conditions that were refuted. */
  retracted: number;
};
export type BulkRecords = { records: PatientRecord[]; counts: ReadCounts };

const RETRACTED = new Set(['entered-in-error', 'refuted']);

/**
 * Reads a FHIR R4 bulk export: one record per clinical note, labelled with the diagnoses of its encounter, without
 * patients who refused. Bad lines are counted and skipped. Throws an Error that says what is missing when the folder
 * lacks Patient, DocumentReference or Condition files.
 */
export async function readBulkFolder(folder: string): Promise<BulkRecords> {
  const files = await bulkFiles(folder);
  const missing = ['Patient', 'DocumentReference', 'Condition'].filter((type) => !files.has(type));
  if (missing.length > 0) {
    throw new Error(
      `The records folder is no usable FHIR bulk export: it has no ${missing.join(', ')} file.`,
    );
  }
  const counts: ReadCounts = {
    patients: 0,
    badLines: 0,
    badConsentLines: 0,
    repeated: 0,
    unattributable: 0,
    patientsDenied: 0,
    documentsWithoutText: 0,
    documentsWithoutLabel: 0,
    retracted: 0,
  };

  /** Every well-formed, first-seen resource of a type. */
  async function* resources(type: string): AsyncGenerator<{ id: string; resource: Resource }> {
    const seen = new Set<string>();
    for (const file of files.get(type) ?? []) {
      for await (const line of ndjsonLines(file)) {
        const resource = parse(line);
        const id = asText(resource?.id);
        if (!resource || !id || resource.resourceType !== type) {
          counts.badLines += 1;
          if (type === 'Consent') counts.badConsentLines += 1;
        } else if (seen.has(id)) {
          counts.repeated += 1;
        } else {
          seen.add(id);
          yield { id, resource };
        }
      }
    }
  }

  const join = createRecordJoin(counts);
  const identity = createPatientIdentity();
  for await (const { id, resource } of resources('Patient')) identity.add(id, resource);
  const denied = new Set<string>();
  for await (const { resource } of resources('Consent')) {
    if (deniesUse(resource)) for (const id of patientsNamed(resource).ids) denied.add(identity.personOf(id));
  }
  const people = identity.people();
  counts.patients = people.size;
  for (const person of people) if (denied.has(person)) counts.patientsDenied += 1;

  /** The person whose resource this is; undefined when it is nobody's, or belongs to somebody who refused. */
  const ownerOf = (resource: Resource): string | undefined => {
    const person = identity.onlyPerson(resource);
    if (person !== undefined && denied.has(person)) return undefined;
    if (person !== undefined && people.has(person)) return person;
    counts.unattributable += 1;
    return undefined;
  };

  for await (const { id, resource } of resources('Encounter')) {
    const patientId = ownerOf(resource);
    if (patientId) join.addEncounter(id, patientId, asList(resource.reasonCode).flatMap(conceptLabels));
  }
  for await (const { resource } of resources('Condition')) {
    const patientId = ownerOf(resource);
    if (!patientId) continue;
    if (RETRACTED.has(firstCode(resource.verificationStatus) ?? '')) counts.retracted += 1;
    else {
      join.addCondition(patientId, {
        encounterId: referencedId(resource.encounter, 'Encounter'),
        date: asText(resource.recordedDate) ?? asText(resource.onsetDateTime),
        labels: conceptLabels(resource.code),
      });
    }
  }
  const records: PatientRecord[] = [];
  for await (const { resource } of resources('DocumentReference')) {
    const patientId = ownerOf(resource);
    if (!patientId) continue;
    if (RETRACTED.has(asText(resource.status) ?? '') || RETRACTED.has(asText(resource.docStatus) ?? '')) {
      counts.retracted += 1;
      continue;
    }
    const text = noteText(resource);
    const encounters = asList(asResource(resource.context)?.encounter);
    const encounterId = referencedId(encounters[0] ?? resource.encounter, 'Encounter');
    const labels = join.labelsFor(patientId, encounterId, asText(resource.date));
    if (text === undefined) counts.documentsWithoutText += 1;
    else if (labels.length === 0) counts.documentsWithoutLabel += 1;
    else records.push({ patientId, text, labels });
  }
  return { records, counts };
}

function parse(line: string | undefined): Resource | undefined {
  if (line === undefined) return undefined;
  try {
    return asResource(JSON.parse(line));
  } catch {
    return undefined;
  }
}
