import { parseArgs } from 'node:util';
import { createLogger } from '#lib/log';
import { readConfig } from './config.ts';
import { startNode } from './start-node.ts';

/** The hospital's agent: `node worker/node/main.ts --config node.json`. */
const { values } = parseArgs({ options: { config: { type: 'string' } } });
if (!values.config) {
  process.stderr.write('usage: node worker/node/main.ts --config FILE\n');
  process.exit(2);
}
const log = createLogger('node');
try {
  const config = readConfig(values.config);
  log.setBindings({ node: config.name });
  const hangUp = await startNode(config, log, {
    onConnected: () => process.send?.({ type: 'ready' }),
    onBroken: (error) => {
      log.fatal({ err: error }, 'the node cannot go on as it should and stops');
      process.exit(1);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'node stops');
      hangUp();
      process.exit(0);
    });
  }
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
