import { routerEnv } from '#lib/env';
import { createLogger } from '#lib/log';
import { startRouter } from './start-router.ts';

/** The router process. */
const log = createLogger('router');
try {
  const env = routerEnv();
  const stop = await startRouter(env, log);
  log.info({ port: env.FDLR_API_PORT, replica: env.FDLR_REPLICA }, 'router ready');
  process.send?.({ type: 'ready' });

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'router stops');
      await stop();
      process.exit(0);
    });
  }
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
