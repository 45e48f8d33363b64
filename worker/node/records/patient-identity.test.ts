import { describe, expect, test } from 'vitest';
import { identifyPatients, LARGEST_PERSON, linkedPatients } from './patient-identity.ts';
import { linkTo, patient } from './testing-export.ts';

const identify = (links: Record<string, string[]>) =>
  identifyPatients(
    new Map(
      Object.entries(links).map(([id, others]) => [id, linkedPatients(patient(id, linkTo(...others)))]),
    ),
  );
/** A survivor and its duplicates, each naming the other. */
const star = (size: number) => {
  const leaves = Array.from({ length: size - 1 }, (_, at) => `leaf${at}`);
  return Object.fromEntries([['centre', leaves], ...leaves.map((leaf) => [leaf, ['centre']])]);
};

describe('identifyPatients', () => {
  test('merges over links that both sides name, under the smallest id', () => {
    const { people, personOf, unmergedLinks } = identify({ c: ['b'], b: ['c', 'a'], a: ['b'], z: [] });
    expect(people).toEqual(new Set(['a', 'z']));
    expect(['a', 'b', 'c', 'z'].map(personOf)).toEqual(['a', 'a', 'a', 'z']);
    expect(unmergedLinks).toBe(0);
  });

  test('one side alone moves nobody, whoever else is linked', () => {
    const { personOf, unmergedLinks } = identify({ a: ['b', 'c', 'd'], b: [], c: ['d'], d: ['c'] });
    expect(['a', 'b', 'c', 'd'].map(personOf)).toEqual(['a', 'b', 'c', 'c']);
    expect(unmergedLinks).toBe(3);
  });

  test('a link to oneself or to nobody of the export is none', () => {
    const { people, unmergedLinks } = identify({ a: ['a', 'gone'] });
    expect(people).toEqual(new Set(['a']));
    expect(unmergedLinks).toBe(0);
  });

  test('a person has at most LARGEST_PERSON ids; a larger group stays apart', () => {
    expect(identify(star(LARGEST_PERSON)).people.size).toBe(1);
    const larger = identify(star(LARGEST_PERSON + 1));
    expect(larger.people.size).toBe(LARGEST_PERSON + 1);
    expect(larger.unmergedLinks).toBe(2 * LARGEST_PERSON);

    const ring = Array.from({ length: LARGEST_PERSON + 1 }, (_, at) => `r${at}`);
    const next = (at: number) => ring[(at + ring.length) % ring.length] ?? '';
    const links = Object.fromEntries(ring.map((id, at) => [id, [next(at - 1), next(at + 1)]]));
    expect(identify(links).people.size).toBe(ring.length);
  });
});
