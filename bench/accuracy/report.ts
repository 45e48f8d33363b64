import { atLeast, type Row } from '../lib/result-json.ts';
import { table } from '../lib/table.ts';
import { type Accuracy, EPSILONS } from './score.ts';

/** One line of a table of accuracy against epsilon, with what was aimed at. */
export type AccuracyLine = {
  id: string;
  title: string;
  accuracy: Accuracy;
  noiselessTarget?: number | null;
  /** By epsilon. */
  privateTargets?: Readonly<Record<number, number>>;
};

export type Report = { heading: string; lines: AccuracyLine[]; notes: string[]; rows: Row[] };

export function linesToRows(lines: readonly AccuracyLine[]): Row[] {
  return lines.flatMap(({ id, accuracy, noiselessTarget = null, privateTargets = {} }) => [
    atLeast(
      { id: `${id}/no-noise`, metric: 'accuracy without noise', value: accuracy.noiseless, unit: 'share' },
      noiselessTarget,
    ),
    ...EPSILONS.map((epsilon, at) =>
      atLeast(
        {
          id: `${id}/epsilon-${epsilon}`,
          metric: `accuracy at epsilon ${epsilon}`,
          value: accuracy.private[at] ?? 0,
          unit: 'share',
        },
        privateTargets[epsilon] ?? null,
      ),
    ),
  ]);
}

export function printReport({ heading, lines, notes, rows }: Report): void {
  console.log(`\n${heading}`);
  console.log(
    table(
      ['', 'no noise', ...EPSILONS.map((epsilon) => `ε ${epsilon}`)],
      lines.map(({ title, accuracy }) => [
        title,
        ...[accuracy.noiseless, ...accuracy.private].map((share) => share.toFixed(3)),
      ]),
    ),
  );
  for (const note of notes) console.log(note);
  for (const { id, value, target, met } of rows) {
    if (target === null) continue;
    console.log(`${met ? 'met   ' : 'missed'} ${id}: ${value.toFixed(3)}, aim ${target.toFixed(3)}`);
  }
}
