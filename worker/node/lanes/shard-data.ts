import type { TokenIndex } from '../next-token/token-index.ts';
import type { ShardIndex } from '../retrieval/shard-index.ts';

/** One shard as a lane sees it. Typed arrays lie in shared memory: every thread has them, none copies them. */
export type ShardData = {
  index: ShardIndex;
  /** There once the model's vocabulary is known, where records are read as its tokens. */
  tokens: TokenIndex | null;
};

export function shareIndex(index: ShardIndex): ShardIndex {
  const { features, offsets, postingRecords, postingWeights, labels } = index;
  // One block for all rows of weights: a shard has hundreds.
  const length = labels.weights.reduce((sum, row) => sum + row.length, 0);
  const block = new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
  let end = 0;
  const weights = labels.weights.map((row) => {
    block.set(row, end);
    end += row.length;
    return block.subarray(end - row.length, end);
  });
  return {
    recordCount: index.recordCount,
    features: shared(features),
    offsets: shared(offsets),
    postingRecords: shared(postingRecords),
    postingWeights: shared(postingWeights),
    labels: { rows: labels.rows, weights },
  };
}

export function shareTokens({ tokens, recordOf, heads, offsets, places }: TokenIndex): TokenIndex {
  return {
    tokens: shared(tokens),
    recordOf: shared(recordOf),
    heads: shared(heads),
    offsets: shared(offsets),
    places: shared(places),
  };
}

function shared<T extends Uint16Array | Uint32Array | Float32Array>(array: T): T {
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(array.byteLength),
  );
  copy.set(array);
  return copy;
}
