import { emptyTexts, type RecordTexts } from '../lanes/record-texts.ts';
import type { ShardData } from '../lanes/shard-data.ts';
import { emptyTokenIndex } from '../next-token/token-index.ts';
import { emptyShardIndex } from '../retrieval/shard-index.ts';
import type { Built } from './loader.ts';

/** Every shard as it was last built. One whose records could not be indexed is empty and abstains, until it can be. */
export class BuiltShards {
  readonly #data: ShardData[];
  /** What a model behind a server is shown of a shard; nothing until it was read. */
  readonly #texts: RecordTexts[];
  readonly #out = new Set<number>();
  readonly #onQuarantined: (shard: number) => void;

  constructor(shards: number, onQuarantined: (shard: number) => void = () => {}) {
    this.#data = Array.from({ length: shards }, () => ({ index: emptyShardIndex(), tokens: null }));
    this.#texts = Array.from({ length: shards }, emptyTexts);
    this.#onQuarantined = onQuarantined;
  }

  get data(): readonly ShardData[] {
    return [...this.#data];
  }

  textsOf(shard: number): RecordTexts {
    return this.#texts[shard] ?? emptyTexts();
  }

  /** Of these shards (of all) the ones whose records could be indexed: the others are not tried as tokens. */
  readable(which: Iterable<number> = this.#data.keys()): number[] {
    return [...which].filter((shard) => !this.#out.has(shard));
  }

  takeIndexes(built: ReadonlyMap<number, Built | null>): void {
    for (const [shard, reply] of built) {
      const index = reply && 'index' in reply ? reply.index : null;
      // Tokens and texts of before go with the records they were read from.
      this.#data[shard] = { index: index ?? emptyShardIndex(), tokens: null };
      this.#texts[shard] = emptyTexts();
      if (index) this.#out.delete(shard);
      else this.#quarantine(shard);
    }
  }

  takeTokens(built: ReadonlyMap<number, Built | null>): void {
    for (const [shard, reply] of built) {
      const tokens = reply && 'tokens' in reply ? reply.tokens : null;
      const index = this.#data[shard]?.index ?? emptyShardIndex();
      this.#data[shard] = { index, tokens: tokens ?? emptyTokenIndex() };
      if (!tokens) this.#onQuarantined(shard);
    }
  }

  takeTexts(built: ReadonlyMap<number, Built | null>): void {
    for (const [shard, reply] of built) {
      const texts = reply && 'texts' in reply ? reply.texts : null;
      this.#texts[shard] = texts ?? emptyTexts();
      if (!texts) this.#onQuarantined(shard);
    }
  }

  #quarantine(shard: number): void {
    this.#out.add(shard);
    this.#onQuarantined(shard);
  }
}
