import { parseArgs } from 'node:util';
import { runNode } from './run-node.ts';

/** The hospital's agent: `node worker/node/main.ts --config node.json`. */
const { values } = parseArgs({ options: { config: { type: 'string' } } });
if (!values.config) {
  process.stderr.write('usage: node worker/node/main.ts --config FILE\n');
  process.exit(2);
}
await runNode(values.config);
