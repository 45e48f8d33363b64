/** A code and its words, in any code system. */
export type Label = { code: string; display: string };

/** One encounter's note with the diagnoses made there. Belongs to exactly one patient. */
export type PatientRecord = { patientId: string; text: string; labels: Label[] };
