import { decideCommand } from './decide-command.ts';
import { localKeyCommand } from './local-key-command.ts';
import { type NodeCommand, NodeCommandError } from './node-command.ts';
import { fhirKeyCommand, refreshCommand } from './refresh-command.ts';

/** What the hospital does with its own node's records: `node worker/node/commands/main.ts VERB --config node.json ...`. */
const COMMANDS: Readonly<Record<string, NodeCommand>> = {
  refresh: refreshCommand,
  restrict: decideCommand('restrict'),
  lift: decideCommand('lift'),
  erase: decideCommand('erase'),
  'fhir-key': fhirKeyCommand,
  'local-key': localKeyCommand,
};

const [verb = '', ...args] = process.argv.slice(2);
try {
  const command = COMMANDS[verb];
  if (!command)
    throw new NodeCommandError(`There is no such command. Known: ${Object.keys(COMMANDS).join(', ')}.`);
  await command(args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof NodeCommandError ? 2 : 1;
}
