import { patientsNamed } from './patients-named.ts';
import { asList, type Resource, referencedId } from './resource.ts';

/**
 * Who is who in one export. FHIR's Patient.link always points at another record of the same person, whatever its
 * type, so linked patients are merged before sharding; the person goes by the smallest of the ids.
 */
export function createPatientIdentity() {
  const parents = new Map<string, string>();
  const held = new Set<string>();

  const personOf = (id: string): string => {
    let root = id;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    return root;
  };

  return {
    personOf,
    add(id: string, patient: Resource): void {
      held.add(id);
      for (const link of asList(patient.link)) {
        const other = referencedId(link.other, 'Patient');
        if (!other) continue;
        const [kept, merged] = [personOf(id), personOf(other)].sort();
        if (kept !== undefined && merged !== undefined && kept !== merged) parents.set(merged, kept);
      }
    },
    /** The people the export holds. */
    people: (): Set<string> => new Set([...held].map(personOf)),
    /** The one person a resource belongs to; undefined where it names several, none, or somebody we cannot tell. */
    onlyPerson(resource: Resource): string | undefined {
      const { ids, unclear } = patientsNamed(resource);
      const people = new Set([...ids].map(personOf));
      return unclear || people.size !== 1 ? undefined : [...people][0];
    },
  };
}
