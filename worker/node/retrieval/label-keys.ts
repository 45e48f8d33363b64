import type { Label } from '../records/record.ts';

/** Case-folded, trimmed, inner white space as one blank. */
export function foldLabel(label: string): string {
  return label.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Without a trailing qualifier: SNOMED writes "Sepsis (disorder)". */
function withoutQualifier(folded: string): string {
  return folded.replace(/\s*\([^()]*\)$/, '');
}

/** Everything a record's label may be called: its code, its display, its display without the trailing qualifier. */
export function keysOfLabel(label: Label): string[] {
  const display = foldLabel(label.display);
  const keys = [foldLabel(label.code), display, withoutQualifier(display)];
  return [...new Set(keys)].filter((key) => key !== '');
}

/** What a caller's label is looked up by, in order. */
export function keysOfCallerLabel(label: string): string[] {
  const folded = foldLabel(label);
  return [...new Set([folded, withoutQualifier(folded)])].filter((key) => key !== '');
}
