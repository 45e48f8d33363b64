import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { testEnv } from '../lib/env.ts';
import { readOwnCorpus, readSharedCorpus } from './accuracy/corpus.ts';
import { measureGenerated } from './accuracy/generated.ts';
import { LAYOUTS, measureRealText } from './accuracy/real-text.ts';
import { printReport, type Report } from './accuracy/report.ts';
import { UsageError } from './lib/args.ts';
import type { Benchmark } from './lib/benchmark.ts';

/** Enough to see that everything works; its figures are not to be quoted. */
const QUICK = { patients: 800, cases: 100, questions: 200, layouts: 2 };

const dataFolder = () => join(testEnv().FDLR_SHARED ?? join(import.meta.dirname, '../../shared'), 'data');

/** With the shards, the vote, the mechanism and the charge of the product; only the records are not anybody's. */
export const accuracy: Benchmark = {
  name: 'accuracy',
  summary:
    'How often the private vote is right: generated hospitals together and alone, then real text (FDLR_SHARED or ../shared) or two files of your own.',
  flags: { values: ['records', 'questions'], switches: ['quick'] },
  async run({ values, switches }) {
    const reports: Report[] = [];
    const show = (report: Report) => {
      printReport(report);
      reports.push(report);
    };
    const quick = switches.has('quick');
    const realText = (corpus: ReturnType<typeof readOwnCorpus>) =>
      show(
        quick
          ? measureRealText(
              { ...corpus, questions: corpus.questions.slice(0, QUICK.questions) },
              LAYOUTS.slice(0, QUICK.layouts),
            )
          : measureRealText(corpus, LAYOUTS),
      );
    console.log('Accuracy with noise is the exact probability of the right label, averaged; delta 1e-5.');
    const { records, questions } = values;
    if (records !== undefined || questions !== undefined) {
      if (!records || !questions) throw new UsageError('--records and --questions go together.');
      realText(readOwnCorpus(records, questions));
    } else {
      const size = quick ? QUICK : { patients: 4_000, cases: 400 };
      for (const report of await measureGenerated(size)) show(report);
      if (existsSync(dataFolder())) {
        for (const name of ['medquad', 'mts'] as const) realText(readSharedCorpus(dataFolder(), name));
      } else {
        console.log(`\nReal text is skipped: there is no ${dataFolder()} (set FDLR_SHARED).`);
      }
    }
    return { rows: reports.flatMap(({ rows }) => rows) };
  },
};
