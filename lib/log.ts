import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { logEnv } from '#lib/env';
import { currentRequest } from '#lib/request-context';
import { WITHHELD, withhold, withholdText } from '#lib/withhold';

export type { Logger };

const CHILD_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'token',
  'idToken',
  'apiKey',
  'prompt',
  'messages',
];

/**
 * A logger that never writes what must stay private (withhold.ts), and writes with each line the request it was written
 * for. Text that somebody else composed belongs in a field, never in the message.
 */
export function createLogger(name: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level: logEnv().FEDERATED_LOG_LEVEL,
    base: { pid: process.pid },
    mixin: () => ({ ...currentRequest() }),
    formatters: {
      log: (fields: Record<string, unknown>) => withhold(fields),
    },
    // A child's own fields pass no formatter.
    redact: { paths: CHILD_FIELDS, censor: WITHHELD },
    serializers: { err: (error: Error) => withhold({ err: stdSerializers.err(error) }).err },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: (...a: typeof args) => void) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? withholdText(arg) : arg)) as typeof args,
        );
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
