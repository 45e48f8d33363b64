import { pressStop, releaseStop } from '../node/stop-file.ts';
import type { Command } from './command.ts';
import { CONFIG_OPTION, configOf } from './node-config.ts';
import { parseOptions } from './parse-options.ts';

const WORDS = ['node', 'stop'];

const HELP = `fdlr node stop --config FILE [--undo]

The hospital's own stop button. It needs neither the router nor anybody's leave: from this moment on the node refuses every
round, and within half a second it hangs up. It stays so, over restarts too, until it is undone. What was let go before
stays charged.

  --undo   let the node answer again`;

export const nodeStop: Command = {
  words: WORDS,
  summary: "Stops a hospital's node at once, without the router.",
  help: HELP,
  async run(args) {
    const { values } = parseOptions(WORDS, args, {
      ...CONFIG_OPTION,
      undo: { type: 'boolean', default: false },
    });
    const { dataDir, name } = configOf(WORDS, values.config);
    if (values.undo) releaseStop(dataDir);
    else pressStop(dataDir, new Date());
    process.stdout.write(
      `${name} ${values.undo ? 'answers again' : 'is stopped: it refuses every round'}.\n`,
    );
  },
};
