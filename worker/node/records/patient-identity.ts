import { patientsNamed } from './patients-named.ts';
import { asList, type Resource, referencedId } from './resource.ts';

/** Patient resources that may be one person. A patient who names more others than that leaves is merged with nobody. */
export const LARGEST_PERSON = 8;

/** The patients a Patient resource names as the same person; one too many where it names too many. */
export function linkedPatients(patient: Resource): Set<string> {
  const others = new Set<string>();
  for (const link of asList(patient.link)) {
    const other = referencedId(link.other, 'Patient');
    if (other && other !== patient.id) others.add(other);
    if (others.size >= LARGEST_PERSON) break;
  }
  return others;
}

/** Everybody reachable from `start` over links that both sides name. */
function groupOf(start: string, links: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const named = (id: string) => {
    const others = links.get(id);
    return others && others.size < LARGEST_PERSON ? others : new Set<string>();
  };
  const group = new Set([start]);
  for (const id of group) for (const other of named(id)) if (named(other).has(id)) group.add(other);
  return group;
}

/**
 * Who is who in one export, from each patient's links. Duplicates are merged before sharding where both resources
 * name each other and the person has at most `LARGEST_PERSON` of them; the person goes by the smallest of the ids.
 * A link that only one side names moves nobody: else one resource could draw other people into its shard.
 */
export function identifyPatients(links: ReadonlyMap<string, ReadonlySet<string>>) {
  const persons = new Map<string, string>();
  for (const id of links.keys()) {
    if (persons.has(id)) continue;
    const group = [...groupOf(id, links)].sort();
    const person = group.length > LARGEST_PERSON ? undefined : group[0];
    for (const member of group) persons.set(member, person ?? member);
  }
  const personOf = (id: string): string => persons.get(id) ?? id;

  let unmergedLinks = 0;
  for (const [id, others] of links) {
    for (const other of others) if (links.has(other) && personOf(other) !== personOf(id)) unmergedLinks += 1;
  }

  return {
    personOf,
    /** The people the export holds. */
    people: new Set(persons.values()),
    /** Links between patients of the export who stayed apart. */
    unmergedLinks,
    /** The one person a resource belongs to; undefined where it names several, none, or somebody we cannot tell. */
    onlyPerson(resource: Resource): string | undefined {
      const { ids, unclear } = patientsNamed(resource);
      const people = new Set([...ids].map(personOf));
      return unclear || people.size !== 1 ? undefined : [...people][0];
    },
  };
}
