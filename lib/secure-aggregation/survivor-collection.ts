import { combine } from 'shamir-secret-sharing';
import { commitmentTo } from './commitments.ts';
import { sumVectors } from './map-into-range.ts';
import { addMask, subtractMask } from './masks.ts';
import { ProtocolError } from './protocol-error.ts';
import { selfMaskKey } from './self-mask.ts';
import type { MaskedContribution, Revealed } from './survivor-round.ts';
import { requireSurvivors, type SurvivorTerms } from './survivor-set.ts';

/** Other choices of shares that are tried where one of them was false. */
const MOST_CHOICES = 200;

/** One round that survives dropouts, at the router: collects, says who survived, and takes the masks off the sum. */
export class SurvivorCollection {
  readonly #terms: SurvivorTerms;
  readonly #contributions = new Map<string, MaskedContribution>();
  readonly #revealed = new Map<string, Revealed>();
  #survivors: readonly string[] | null = null;

  constructor(terms: SurvivorTerms) {
    this.#terms = terms;
  }

  /** Ignored once the survivors stand: a late member is an absent one. */
  add(nodeId: string, contribution: MaskedContribution): void {
    if (!this.#survivors) this.#contributions.set(nodeId, contribution);
  }

  /** Ends the collecting. @throws ProtocolError when too few have answered. */
  close(): readonly string[] {
    if (this.#survivors) return this.#survivors;
    const survivors = [...this.#contributions.keys()].sort();
    requireSurvivors(survivors, this.#terms);
    this.#survivors = survivors;
    return survivors;
  }

  /** What the other survivors sealed to one of them, by sender. */
  boxesFor(nodeId: string): Map<string, Buffer> {
    return new Map(
      this.close().flatMap((from) => {
        const box = this.#contributions.get(from)!.boxes.get(nodeId);
        return from === nodeId || !box ? [] : [[from, box] as const];
      }),
    );
  }

  /**
   * Takes what a survivor reveals. @throws ProtocolError where a key is missing, not asked for, or not the one that the
   * node committed itself to; false shares come out in `unmask`.
   */
  reveal(nodeId: string, revealed: Revealed): void {
    const survivors = this.close();
    if (!survivors.includes(nodeId))
      throw new ProtocolError('not_a_survivor', 'an absent member reveals nothing');
    const { commitments } = this.#contributions.get(nodeId)!;
    for (const id of this.#terms.cohort) {
      const pairKey = revealed.pairKeys.get(id);
      if (survivors.includes(id)) {
        if (pairKey) throw new ProtocolError('bad_share', 'a mask key of a survivor was revealed');
      } else if (!pairKey || commitmentTo('pair', this.#terms.h, pairKey) !== commitments.pairs[id])
        throw new ProtocolError('bad_share', 'a mask key is missing or not the one that was committed to');
    }
    this.#revealed.set(nodeId, revealed);
  }

  /** Whether the sum can be unmasked: every survivor's own part, and of each seed enough shares. */
  get isComplete(): boolean {
    return this.#survivors?.every((id) => this.#revealed.has(id)) ?? false;
  }

  /**
   * The survivors' sum modulo 2^32.
   * @param length coordinates of the vectors.
   * @throws ProtocolError when a seed cannot be put together from what was revealed.
   */
  async unmask(length: number): Promise<Uint32Array> {
    const { h, cohort } = this.#terms;
    const survivors = this.close();
    const sum = sumVectors(
      survivors.map((id) => this.#contributions.get(id)!.vector),
      length,
    );
    for (const id of survivors) subtractMask(sum, selfMaskKey(await this.#seedOf(id), h));
    const absent = cohort.filter((id) => !survivors.includes(id));
    for (const id of survivors) {
      const revealed = this.#revealed.get(id);
      for (const gone of absent) {
        const pairKey = revealed?.pairKeys.get(gone);
        if (!pairKey) throw new ProtocolError('bad_share', 'a survivor has not revealed its part');
        // The lower id had added it.
        if (id < gone) subtractMask(sum, pairKey);
        else addMask(sum, pairKey);
      }
    }
    return sum;
  }

  async #seedOf(owner: string): Promise<Uint8Array> {
    const { h, threshold } = this.#terms;
    const { seed: commitment } = this.#contributions.get(owner)!.commitments;
    const shares = [...this.#revealed.values()].flatMap(({ seedShares }) => {
      const share = seedShares.get(owner);
      // A plain one: the library takes no Buffer.
      return share ? [new Uint8Array(share)] : [];
    });
    let tried = 0;
    for (const choice of choices(shares, threshold)) {
      if (tried++ >= MOST_CHOICES) break;
      // Two shares for one place, or none of this length, are somebody's false ones.
      const seed = await combine(choice).catch(() => null);
      if (seed && commitmentTo('seed', h, seed) === commitment) return seed;
    }
    throw new ProtocolError('bad_share', 'too few true shares of a seed were revealed');
  }
}

/** Every way to take `size` of the items, the first ones first. */
function* choices<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - size; i += 1)
    for (const rest of choices(items, size - 1, i + 1)) yield [items[i]!, ...rest];
}
