import { appendLeaves, rootOfPeaks, type Subtree } from '../merkle.ts';
import { TILE_HEIGHT } from '../tile-path.ts';

/** A tree that grows leaf by leaf and knows its root, and the hashes of its higher tiles, at every size. */
export class GrowingTree {
  #size = 0n;
  #peaks: Subtree[] = [];
  /** Complete subtrees that stand in tiles above the lowest, by tile level. */
  readonly upper = new Map<number, Buffer[]>();

  get size(): bigint {
    return this.#size;
  }

  get root(): Buffer {
    return rootOfPeaks(this.#peaks.map(({ hash }) => hash));
  }

  /** Returns the subtrees that this made complete, single leaves among them. */
  append(hashes: readonly Buffer[]): Subtree[] {
    const grown = appendLeaves(this.#size, this.#peaks, hashes);
    this.#size = grown.size;
    this.#peaks = grown.peaks;
    for (const { level, hash } of grown.completed) {
      if (level === 0 || level % TILE_HEIGHT !== 0) continue;
      const tileLevel = level / TILE_HEIGHT;
      const hashesOfLevel = this.upper.get(tileLevel) ?? [];
      hashesOfLevel.push(hash);
      this.upper.set(tileLevel, hashesOfLevel);
    }
    return grown.completed;
  }
}
