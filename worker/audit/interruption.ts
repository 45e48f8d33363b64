/** What an interrupted audit ends with: 128 and the signal's number, as a shell does. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGNALS = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];

export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  readonly exitCode: number;
  constructor(signal: keyof typeof EXIT_CODES) {
    super(`Interrupted by ${signal}; no report is written.`);
    this.exitCode = EXIT_CODES[signal];
  }
}

/** Listens for signals that ask to end. The first counts: one Ctrl-C reaches us from the terminal and from npm. */
export function interruption(): { rejection: Promise<never>; throwIfIt(): void } {
  const { promise: rejection, reject } = Promise.withResolvers<never>();
  let error: InterruptedError | undefined;
  // Until somebody waits for it.
  rejection.catch(() => {});
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      error ??= new InterruptedError(signal);
      reject(error);
    });
  }
  return {
    rejection,
    throwIfIt: () => {
      if (error) throw error;
    },
  };
}

/** A pipe whose reader Ctrl-C ended first would end us at the next line, before we have stopped what we started. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
