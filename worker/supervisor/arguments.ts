import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { OperatorError } from './operator-error.ts';

export type SupervisorOptions = {
  /** Print one line of JSON on stdout when ready, instead of the summary. */
  json: boolean;
  /** Absolute path of the folder that holds everything of this federation. */
  dataDir: string;
  /** Ports: +0 console, +1 API, +2 Postgres. */
  portBase: number;
  /** Bring the federation in dataDir back to how it was seeded first; delete it where that cannot be. */
  reset: boolean;
  /** Do not ask before a reset. */
  yes: boolean;
};

export const HELP = `Starts the federation: Postgres, router, hospital nodes and console, under one supervisor.

  npm start -- [options]

  --data-dir DIR   folder for database, keys, records and logs (default .data)
  --port-base N    console on N, API on N+1, Postgres on N+2 (default 3000)
  --reset          undo all that happened in the data folder: the demo as it was first seeded
  --yes            do not ask before a reset
  --json           print one line of JSON on stdout when ready
  --help           this text

DATABASE_URL set: that Postgres is used and none is started.`;

const USAGE = 2;
const LAST_OFFSET = 60;

/** Returns undefined when help was asked for. Throws an OperatorError (exit 2) that names the argument at fault. */
export function parseArguments(argv: string[]): SupervisorOptions | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  const portBase = Number(values['port-base']);
  if (!Number.isInteger(portBase) || portBase < 1 || portBase > 65_535 - LAST_OFFSET)
    throw new OperatorError(`--port-base must be a whole number from 1 to ${65_535 - LAST_OFFSET}.`, USAGE);
  if (values['data-dir'] === '') throw new OperatorError('--data-dir must name a folder.', USAGE);
  return {
    json: values.json,
    dataDir: resolve(values['data-dir']),
    portBase,
    reset: values.reset,
    yes: values.yes,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: false,
      options: {
        json: { type: 'boolean', default: false },
        'data-dir': { type: 'string', default: '.data' },
        'port-base': { type: 'string', default: '3000' },
        reset: { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.? To specify/)[0] : String(error);
    throw new OperatorError(`${reason?.replace(/\.$/, '')}. See --help.`, USAGE);
  }
}
