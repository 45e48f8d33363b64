import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isHeldOut, type PublicCorpus } from '../../worker/node/retrieval/held-out.ts';
import { UsageError } from '../lib/args.ts';

/** `patient` is who a record stands for: the disease in MedQuAD, the dialogue itself in MTS-Dialog. */
export type Example = { patient: string; text: string; label: string };
export type Corpus = { name: string; records: Example[]; questions: Example[]; labels: string[] };

const row = z.union([
  z
    .object({ focus: z.string(), answer: z.string(), type: z.string() })
    .transform(({ focus, answer, type }) => ({ patient: focus, text: answer, label: type })),
  z
    .object({ dialogue: z.string(), section: z.string() })
    .transform(({ dialogue, section }) => ({ patient: undefined, text: dialogue, label: section })),
]);

/** Reads NDJSON of either form. Rows that name nobody are a patient each, numbered across the files. */
function readExamples(files: readonly string[]): Example[] {
  const lines = files.flatMap((file) =>
    readText(file)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line, at) => ({ line, where: `${file}:${at + 1}` })),
  );
  return lines.map(({ line, where }, number) => {
    const parsed = row.safeParse(tryJson(line));
    if (!parsed.success) {
      throw new UsageError(`${where} has neither {focus, answer, type} nor {dialogue, section}.`);
    }
    return { ...parsed.data, patient: parsed.data.patient ?? String(number) };
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}

function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function mostFrequentLabels(examples: readonly Example[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([label]) => label);
}

const SHARED = {
  medquad: { files: ['medquad/questions.ndjson'], labels: 12 },
  mts: { files: ['mts-dialog/train.ndjson', 'mts-dialog/validation.ndjson'], labels: 8 },
} as const satisfies Record<PublicCorpus, { files: readonly string[]; labels: number }>;

/** The corpus split as the public idf's builder splits it: no question's patient is in a record or in the idf. */
export function readSharedCorpus(dataFolder: string, name: PublicCorpus): Corpus {
  const { files, labels: most } = SHARED[name];
  const all = readExamples(files.map((file) => join(dataFolder, file)));
  const labels = mostFrequentLabels(all, most);
  const used = all.filter(({ label }) => labels.includes(label));
  const questions = used.filter(({ patient }) => isHeldOut(name, patient));
  return { name, records: used.filter(({ patient }) => !isHeldOut(name, patient)), questions, labels };
}

/** Files of one's own, already split; the labels are the 12 most frequent of the records. */
export function readOwnCorpus(recordsFile: string, questionsFile: string): Corpus {
  const all = readExamples([recordsFile]);
  const labels = mostFrequentLabels(all, 12);
  const among = ({ label }: Example) => labels.includes(label);
  const questions = readExamples([questionsFile]).filter(among);
  if (questions.length === 0) throw new UsageError(`${questionsFile} asks for no label of ${recordsFile}.`);
  return { name: 'files', records: all.filter(among), questions, labels };
}
