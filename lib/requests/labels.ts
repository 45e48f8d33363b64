export const MIN_LABELS = 2;
export const MAX_LABELS = 64;
export const MAX_LABEL_CHARACTERS = 200;

export type LabelProblem = 'duplicate' | 'too_many' | 'too_long';

const fold = (label: string) => label.normalize('NFC').toLowerCase();

/**
 * Adds what was typed or pasted to a question's labels; lines and semicolons part labels (a diagnosis may hold a comma).
 * Labels that differ only in case are duplicates, because votes are matched case-folded. What cannot be added stays
 * in `rest` for the writer to mend, with the first problem.
 */
export function addLabels(
  labels: readonly string[],
  typed: string,
): { labels: string[]; rest: string; problem: LabelProblem | null } {
  const next = [...labels];
  const left: string[] = [];
  let problem: LabelProblem | null = null;
  for (const part of typed.split(/[\n;]/)) {
    const label = part.trim().replace(/\s+/g, ' ');
    if (label === '') continue;
    const fault = faultOf(next, label);
    if (fault === null) next.push(label);
    else {
      problem ??= fault;
      left.push(label);
    }
  }
  return { labels: next, rest: left.join('; '), problem };
}

function faultOf(labels: readonly string[], label: string): LabelProblem | null {
  if (labels.some((other) => fold(other) === fold(label))) return 'duplicate';
  if (labels.length >= MAX_LABELS) return 'too_many';
  return label.length > MAX_LABEL_CHARACTERS ? 'too_long' : null;
}
