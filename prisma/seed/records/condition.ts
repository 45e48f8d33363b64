import type { Sign } from './signs.ts';
import type { Symptom } from './symptoms.ts';

/** What one diagnosis looks like: the chance that a finding is there and written down. Made up, not epidemiology. */
export type Condition = {
  /** ICD-10-CM. */
  code: string;
  display: string;
  /** The clinician's short name, written as the concept's text. */
  name: string;
  department: string;
  emergency: boolean;
  /** Recurs in the same patient. */
  chronic: boolean;
  /** Ages at which it is usual. */
  ages: readonly [number, number];
  symptoms: Partial<Record<Symptom, number>>;
  signs: Partial<Record<Sign, number>>;
  plans: readonly string[];
};

type Row = Omit<Condition, 'department' | 'emergency' | 'chronic'> & { emergency?: true; chronic?: true };
/** Rows of one department, with what is usual filled in. */
export const inDepartment = (department: string, rows: readonly Row[]): Condition[] =>
  rows.map((row) => ({ emergency: false, chronic: false, ...row, department }));
