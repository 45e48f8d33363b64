import { createLogger, type Logger } from '#lib/log';

let logger: Logger | undefined;

/** The web process's log. */
export function webLog(): Logger {
  logger ??= createLogger('web');
  return logger;
}
