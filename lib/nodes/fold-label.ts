/** Case-folded, trimmed, inner white space as one blank: labels that fold alike are one label. */
export function foldLabel(label: string): string {
  return label.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Without a trailing qualifier: SNOMED writes "Sepsis (disorder)". */
export function withoutQualifier(folded: string): string {
  return folded.replace(/\s*\([^()]*\)$/, '');
}
