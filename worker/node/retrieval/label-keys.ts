import { foldLabel, withoutQualifier } from '#lib/nodes/fold-label';
import type { Label } from '../records/record.ts';

/** Everything a record's label may be called: its code, its display, its display without the trailing qualifier. */
export function keysOfLabel(label: Label): string[] {
  const display = foldLabel(label.display);
  const keys = [foldLabel(label.code), display, withoutQualifier(display)];
  return [...new Set(keys)].filter((key) => key !== '');
}

/** What the caller's labels are looked up by, each key with the number of the first label it stands for. */
export function callerLabelsByKey(labels: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  labels.forEach((label, number) => {
    const folded = foldLabel(label);
    for (const key of [folded, withoutQualifier(folded)]) {
      if (key !== '' && !numbers.has(key)) numbers.set(key, number);
    }
  });
  return numbers;
}
