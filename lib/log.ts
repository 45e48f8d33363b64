import { type Logger, pino } from 'pino';
import { logEnv } from '#lib/env';

export type { Logger };

/** A logger that never writes what must stay private: secrets, tokens, prompts, answers. */
export function createLogger(name: string): Logger {
  return pino({
    name,
    level: logEnv().FEDERATED_LOG_LEVEL,
    base: { pid: process.pid },
    redact: {
      paths: ['*.authorization', '*.cookie', '*.password', '*.token', '*.apiKey', '*.prompt', '*.messages'],
      censor: '[withheld]',
    },
  });
}
