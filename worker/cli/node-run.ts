import { runNode } from '../node/run-node.ts';
import { releaseStop, stoppedSince } from '../node/stop-file.ts';
import type { Command } from './command.ts';
import { CONFIG_OPTION, configFile, configOf } from './node-config.ts';
import { parseOptions } from './parse-options.ts';

const WORDS = ['node', 'run'];

const HELP = `fdlr node run --config FILE [--resume]

Runs the hospital's node until it is told to end (Ctrl-C, SIGTERM). It dials out to the router and listens to nobody. A node
that was stopped with fdlr node stop stays silent until it is called with --resume, or fdlr node stop --undo.`;

export const nodeRun: Command = {
  words: WORDS,
  summary: "Runs a hospital's node.",
  help: HELP,
  async run(args) {
    const { values } = parseOptions(WORDS, args, {
      ...CONFIG_OPTION,
      resume: { type: 'boolean', default: false },
    });
    const { dataDir } = configOf(WORDS, values.config);
    if (values.resume) releaseStop(dataDir);
    const since = stoppedSince(dataDir);
    if (since !== null)
      process.stderr.write(
        `This node was stopped on ${since}. It answers nothing until fdlr node stop --undo.\n`,
      );
    await runNode(configFile(WORDS, values.config));
  },
};
