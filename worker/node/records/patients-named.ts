import { asResource, referencedId } from './resource.ts';

/** Deeper than any FHIR resource nests; what lies below is not searched, and the resource counts as unclear. */
const DEEPEST = 24;

/** What a resource says about whom it concerns. */
export type PatientsNamed = { ids: ReadonlySet<string>; unclear: boolean };

/**
 * Every patient a resource names, wherever in it the reference stands. A subject that is a group, or a reference
 * to a patient that has no id to join by ("Patient?identifier=...", a contained one), makes it unclear.
 */
export function patientsNamed(resource: unknown): PatientsNamed {
  const ids = new Set<string>();
  let unclear = false;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (depth > DEEPEST) {
      unclear = true;
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    const object = asResource(value) ?? {};
    const { reference } = object;
    if (typeof reference === 'string') {
      const id = referencedId(object, 'Patient');
      if (id) ids.add(id);
      else if (/(?:^|\/)(?:Patient|Group)(?:[/?]|$)/.test(reference)) unclear = true;
    }
    for (const key in object) visit(object[key], depth + 1);
  };
  visit(resource, 0);
  return { ids, unclear };
}
