import type { Finding } from './finding.ts';

/** So many positions are told apart; a log with more faults has been named often enough. */
const MOST = 200_000;

type Place = { index: bigint; entry: string | null; stored: string | null };

/**
 * Tells what happened to entries that do not hash to what the tree has in their places: moved where their hashes stand
 * elsewhere among the faults, removed where a hash of the tree is left without an entry, altered otherwise.
 */
export class LeafFaults {
  readonly #places: Place[] = [];
  #more = 0;

  add(index: bigint, entryHash: Buffer | null, stored: Buffer | null): void {
    if (this.#places.length >= MOST) this.#more++;
    else
      this.#places.push({
        index,
        entry: entryHash?.toString('hex') ?? null,
        stored: stored?.toString('hex') ?? null,
      });
  }

  get count(): number {
    return this.#places.length + this.#more;
  }

  findings(): Finding[] {
    const wanted = new Set(this.#places.map(({ stored }) => stored));
    const present = new Set(this.#places.map(({ entry }) => entry));
    const hasEntry = (place: Place) => place.entry !== null;
    const moved = this.#places.filter((place) => hasEntry(place) && wanted.has(place.entry));
    const altered = this.#places.filter((place) => hasEntry(place) && !wanted.has(place.entry));
    const alteredAt = new Set(altered.map(({ index }) => index));
    const removed = this.#places.filter(
      ({ index, entry, stored }) =>
        !alteredAt.has(index) && (stored === null ? entry === null : !present.has(stored)),
    );
    const findings: Finding[] = [];
    if (altered.length > 0) {
      findings.push({
        attack: 'altered_leaf',
        detail: `${named(altered)} not what the tree has in its place.`,
      });
    }
    if (removed.length > 0) {
      findings.push({ attack: 'removed_leaf', detail: `${named(removed)} missing.` });
    }
    // What follows a removed entry has only moved up.
    if (moved.length > 0 && removed.length === 0) {
      findings.push({ attack: 'reordered_leaves', detail: `${named(moved)} in the place of another.` });
    }
    return findings;
  }
}

function named(places: readonly Place[]): string {
  const shown = places.slice(0, 3).map(({ index }) => String(index));
  const more = places.length - shown.length;
  const verb = places.length === 1 ? 'is' : 'are';
  return `${places.length === 1 ? 'Entry' : 'Entries'} ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''} ${verb}`;
}
