import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPatient, type PatientLines } from './draw-patient.ts';
import { profileOf } from './hospital-profiles.ts';

const FILES: Readonly<Record<string, (lines: PatientLines) => readonly string[]>> = {
  Patient: ({ patient }) => [patient],
  Encounter: ({ encounters }) => encounters,
  Condition: ({ conditions }) => conditions,
  DocumentReference: ({ documents }) => documents,
  Consent: ({ consent }) => (consent === undefined ? [] : [consent]),
};
/** Patients held in memory at a time. */
const BATCH = 250;

export type GeneratedRecords = {
  patients: number;
  encounters: number;
  /** Of the five files' hashes, in hexadecimal. */
  sha256: string;
};

/**
 * Writes one hospital's made-up patients into `folder` as a FHIR R4 bulk export (Type.ndjson). The same seed,
 * key and number of patients give the same bytes; any key works (HOSPITAL_PROFILES has the demonstration's).
 */
export async function generateHospitalRecords(input: {
  seed: string;
  hospitalKey: string;
  patients: number;
  folder: string;
  onProgress?: (patientsDone: number, patients: number) => void;
}): Promise<GeneratedRecords> {
  const profile = profileOf(input.hospitalKey);
  await mkdir(input.folder, { recursive: true });
  const outputs = await Promise.all(
    Object.entries(FILES).map(async ([type, select]) => ({
      type,
      select,
      hash: createHash('sha256'),
      file: await open(join(input.folder, `${type}.ndjson`), 'w'),
    })),
  );
  let encounters = 0;
  try {
    for (let first = 0; first < input.patients; first += BATCH) {
      const size = Math.min(BATCH, input.patients - first);
      const batch = Array.from({ length: size }, (_, at) =>
        drawPatient(input.seed, input.hospitalKey, profile, first + at + 1),
      );
      encounters += batch.reduce((sum, lines) => sum + lines.encounters.length, 0);
      for (const { select, hash, file } of outputs) {
        const bytes = Buffer.from(
          batch
            .flatMap(select)
            .map((line) => `${line}\n`)
            .join(''),
          'utf8',
        );
        hash.update(bytes);
        await file.writeFile(bytes);
      }
      input.onProgress?.(first + size, input.patients);
    }
  } finally {
    await Promise.all(outputs.map(({ file }) => file.close()));
  }
  const sha256 = createHash('sha256')
    .update(outputs.map(({ type, hash }) => `${type} ${hash.digest('hex')}\n`).join(''))
    .digest('hex');
  return { patients: input.patients, encounters, sha256 };
}
