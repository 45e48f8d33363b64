import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type AuditArguments = {
  /** null: the short audit. */
  minutes: number | null;
  /** Absolute path of the report. */
  out: string;
};

/** A fault of the command line: its message is all that the user needs. */
export class UsageError extends Error {}

const LONG_MINUTES = 60;

export const HELP = `Attacks the mechanisms over the real API with two record sets that differ in one patient, and writes what that proves.

  npm run audit -- [options]

  --minutes N      go on for N minutes, however busy the machine, but at least until the planted bugs are found;
                   without it, until the first look at each mechanism (some minutes)
  --long           the same as --minutes ${LONG_MINUTES}
  --data-dir DIR   data folder whose console shows the report, as of npm start (default .data)
  --out FILE       write the report there instead
  --help           this text

It starts a federation of its own in a temporary folder and removes it; no other federation's data is touched.
Ends with exit code 1 when a claim was refuted or a planted bug was missed.`;

/** Returns undefined when help was asked for. @throws UsageError that names the argument at fault. */
export function parseArguments(argv: readonly string[]): AuditArguments | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  if (values.long && values.minutes !== undefined)
    throw new UsageError('--long and --minutes exclude each other.');
  const minutes = values.long ? LONG_MINUTES : values.minutes === undefined ? null : Number(values.minutes);
  if (minutes !== null && !(minutes > 0 && minutes <= 24 * 60))
    throw new UsageError('--minutes must be a number above 0, at most 1440.');
  return { minutes, out: resolve(values.out ?? `${values['data-dir']}/privacy-audit.json`) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: false,
      options: {
        minutes: { type: 'string' },
        long: { type: 'boolean', default: false },
        'data-dir': { type: 'string', default: '.data' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
