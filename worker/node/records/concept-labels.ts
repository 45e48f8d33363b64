import { ownText } from './own-text.ts';
import type { Quotas } from './quotas.ts';
import type { Label } from './record.ts';
import { asList, asResource, asText } from './resource.ts';

/** A CodeableConcept as labels: one per coding, and the clinician's own words (`text`) where they differ. */
export function conceptLabels(concept: unknown, quotas: Quotas): Label[] {
  const textOf = (value: unknown) => {
    const text = asText(value);
    return text && ownText(text, quotas.charactersPerLabel);
  };
  const text = textOf(asResource(concept)?.text);
  const labels: Label[] = [];
  for (const coding of asList(asResource(concept)?.coding).slice(0, quotas.labelsPerRecord)) {
    const code = textOf(coding.code);
    if (code) labels.push({ code, display: textOf(coding.display) ?? text ?? code });
  }
  if (text && !labels.some(({ display }) => display === text)) {
    labels.push({ code: labels[0]?.code ?? text, display: text });
  }
  return labels.slice(0, quotas.labelsPerRecord);
}

/** Both lists, without repeats. */
export function mergeLabels(lists: readonly (readonly Label[])[]): Label[] {
  const seen = new Map<string, Label>();
  for (const list of lists) for (const label of list) seen.set(`${label.code}\n${label.display}`, label);
  return [...seen.values()];
}
