import type { Postings } from './postings.ts';

/**
 * Kernel ridge regression over one shard's own records (Saunders, Gammerman and Vovk, ICML 1998): records that say the
 * same share what they say instead of each counting in full, and words that come with every label cancel out.
 * Solves (likeness of records + noise) x = b, in place. Build time only: a vote is a dot product with the solution.
 */
export type Ridge = (b: Float64Array) => void;

/** How far a record may be off. Chosen on a development split of records, as every constant of the scoring. */
const NOISE = 0.35;

/**
 * The noise of each record: NOISE times the root of its label's count over the mean count. Halfway between counting
 * records (a frequent label drowns a rare one) and counting labels (one odd record weighs like a hundred).
 */
export function ridgeNoise(labelOfRecord: readonly string[]): Float64Array {
  const counts = new Map<string, number>();
  for (const label of labelOfRecord) counts.set(label, (counts.get(label) ?? 0) + 1);
  const mean = labelOfRecord.length / Math.max(1, counts.size);
  return Float64Array.from(labelOfRecord, (label) => NOISE * Math.sqrt((counts.get(label) ?? 0) / mean));
}

/** Rows of the lower half are packed one after the other. */
const rowStart = (row: number) => (row * (row + 1)) / 2;

export function fitRidge(postings: Postings, noise: Float64Array): Ridge {
  const records = noise.length;
  const matrix = likenessOfRecords(postings, records);
  for (let row = 0; row < records; row += 1) {
    const diagonal = rowStart(row) + row;
    matrix[diagonal] = (matrix[diagonal] ?? 0) + (noise[row] ?? 0);
  }
  factorise(matrix, records);
  return (b) => solve(matrix, records, b);
}

function likenessOfRecords(postings: Postings, records: number): Float64Array {
  const matrix = new Float64Array(rowStart(records));
  const { features, offsets, postingRecords, postingWeights } = postings;
  for (let feature = 0; feature < features.length; feature += 1) {
    const first = offsets[feature] ?? 0;
    const end = offsets[feature + 1] ?? 0;
    for (let row = first; row < end; row += 1) {
      const start = rowStart(postingRecords[row] ?? 0);
      const weight = postingWeights[row] ?? 0;
      // Postings ascend by record, so this stays in the lower half.
      for (let column = first; column <= row; column += 1) {
        const at = start + (postingRecords[column] ?? 0);
        matrix[at] = (matrix[at] ?? 0) + weight * (postingWeights[column] ?? 0);
      }
    }
  }
  return matrix;
}

/** Cholesky's decomposition in place. The noise keeps every pivot positive. */
function factorise(matrix: Float64Array, records: number): void {
  for (let row = 0; row < records; row += 1) {
    const start = rowStart(row);
    for (let column = 0; column <= row; column += 1) {
      const other = rowStart(column);
      let sum = matrix[start + column] ?? 0;
      for (let at = 0; at < column; at += 1) sum -= (matrix[start + at] ?? 0) * (matrix[other + at] ?? 0);
      matrix[start + column] = column === row ? Math.sqrt(sum) : sum / (matrix[other + column] ?? 1);
    }
  }
}

function solve(factor: Float64Array, records: number, b: Float64Array): void {
  for (let row = 0; row < records; row += 1) {
    const start = rowStart(row);
    let sum = b[row] ?? 0;
    for (let at = 0; at < row; at += 1) sum -= (factor[start + at] ?? 0) * (b[at] ?? 0);
    b[row] = sum / (factor[start + row] ?? 1);
  }
  for (let row = records - 1; row >= 0; row -= 1) {
    const start = rowStart(row);
    const value = (b[row] ?? 0) / (factor[start + row] ?? 1);
    b[row] = value;
    for (let at = 0; at < row; at += 1) b[at] = (b[at] ?? 0) - (factor[start + at] ?? 0) * value;
  }
}
