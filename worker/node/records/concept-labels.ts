import type { Label } from './record.ts';
import { asList, asResource, asText } from './resource.ts';

/** A CodeableConcept as labels: one per coding, and the clinician's own words (`text`) where they differ. */
export function conceptLabels(concept: unknown): Label[] {
  const text = asText(asResource(concept)?.text);
  const labels: Label[] = [];
  for (const coding of asList(asResource(concept)?.coding)) {
    const code = asText(coding.code);
    if (code) labels.push({ code, display: asText(coding.display) ?? text ?? code });
  }
  if (text && !labels.some(({ display }) => display === text)) {
    labels.push({ code: labels[0]?.code ?? text, display: text });
  }
  return labels;
}

/** Both lists, without repeats. */
export function mergeLabels(lists: readonly (readonly Label[])[]): Label[] {
  const seen = new Map<string, Label>();
  for (const list of lists) for (const label of list) seen.set(`${label.code}\n${label.display}`, label);
  return [...seen.values()];
}
