import type { PatientRecord } from './record.ts';

/** Characters of a record that a model is shown at most; a short context gets fewer (lanes/prompt-records.ts). */
export const CHARACTERS_IN_PROMPT = 2_000;
const MOST_LABELS = 8;

/** A record as a model reads it: what was diagnosed, then the note's beginning. */
export function promptText({ text, labels }: PatientRecord): string {
  const diagnoses = labels.slice(0, MOST_LABELS).map(({ display, code }) => display || code);
  const note = text.replace(/\s+/g, ' ').trim();
  return (diagnoses.length > 0 ? `${diagnoses.join('; ')}: ${note}` : note).slice(0, CHARACTERS_IN_PROMPT);
}
