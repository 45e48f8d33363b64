import type { ShardQuotas } from '../records/quotas.ts';
import type { PatientRecord } from '../records/record.ts';
import { keysOfLabel } from './label-keys.ts';
import type { Postings } from './postings.ts';
import { fitRidge, ridgeNoise } from './ridge.ts';

/** What each record of a shard says for each label: `weights[row]` belongs to the keys that map to this row. */
export type LabelWeights = { rows: ReadonlyMap<string, number>; weights: readonly Float32Array[] };

/** Label key to the records that carry it, ascending. */
function recordsByKey(records: readonly PatientRecord[], quotas: ShardQuotas): Map<string, number[]> {
  const byKey = new Map<string, number[]>();
  records.forEach((record, number) => {
    const keys = new Set(record.labels.slice(0, quotas.labelsPerRecord).flatMap(keysOfLabel));
    for (const key of keys) {
      const list = byKey.get(key);
      if (list) list.push(number);
      else byKey.set(key, [number]);
    }
  });
  return byKey;
}

/**
 * Fits one ridge regression to the shard's records and reads off a row for every set of records that a label has: the
 * code and the words of one label share theirs. A label's row is divided by the root of its records, for the same
 * reason as its noise. Sets and names beyond the quotas, in order of arrival, are left out.
 */
export function fitLabelWeights(
  records: readonly PatientRecord[],
  postings: Postings,
  quotas: ShardQuotas,
): LabelWeights {
  const firstLabels = records.map(({ labels }) => (labels[0] ? (keysOfLabel(labels[0])[0] ?? '') : ''));
  const solve = fitRidge(postings, ridgeNoise(firstLabels));
  const rowBySet = new Map<string, number>();
  const rows = new Map<string, number>();
  const weights: Float32Array[] = [];
  let characters = 0;
  for (const [key, carriers] of recordsByKey(records, quotas)) {
    if (rows.size >= quotas.labelKeysPerShard) break;
    if (characters + key.length > quotas.labelCharactersPerShard) break;
    const set = carriers.join();
    let row = rowBySet.get(set);
    if (row === undefined) {
      if (weights.length >= quotas.labelsPerShard) continue;
      row = weights.length;
      rowBySet.set(set, row);
      const target = new Float64Array(records.length);
      for (const carrier of carriers) target[carrier] = 1 / Math.sqrt(carriers.length);
      solve(target);
      weights.push(Float32Array.from(target));
    }
    rows.set(key, row);
    characters += key.length;
  }
  return { rows, weights };
}
