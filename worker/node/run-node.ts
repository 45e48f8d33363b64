import { createLogger } from '#lib/log';
import { readConfig } from './config.ts';
import { startNode } from './start-node.ts';

/** The hospital's agent as a process: runs until a signal ends it. */
export async function runNode(configFile: string): Promise<void> {
  const log = createLogger('node');
  try {
    const config = readConfig(configFile);
    log.setBindings({ node: config.name });
    const hangUp = await startNode(config, log, {
      onConnected: () => process.send?.({ type: 'ready' }),
      onBroken: (error) => {
        log.fatal({ err: error }, 'the spend log cannot be written; the node stops');
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
}
