import { type IndexShard, indexShard as product } from '../loading/index-shard.ts';
import type { PatientRecord } from '../records/record.ts';

/** For tests: the product's indexer, but a record that says so throws or ends the thread while its shard is built. */
function swallow(records: readonly PatientRecord[], when: 'index' | 'tokens'): void {
  for (const { text } of records) {
    if (text.includes(`poison throws at ${when}`)) throw new Error('a record made the indexer throw');
    if (text.includes(`poison exits at ${when}`)) process.exit(1);
  }
}

export const indexShard: IndexShard = {
  indexOf: (records) => {
    swallow(records, 'index');
    return product.indexOf(records);
  },
  textsOf: product.textsOf,
  tokensOf: (records, vocabulary) => {
    swallow(records, 'tokens');
    return product.tokensOf(records, vocabulary);
  },
};
