/** One Ctrl-C reaches us up to three times: from the terminal, npm and the set-up script. */
const SAME_SIGNAL_MS = 1_000;

/** Fulfilled by the first signal that asks to stop; a later one calls `force`. */
export function interruption(force: () => void): Promise<'interrupted'> {
  const first = Promise.withResolvers<'interrupted'>();
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      firstAt ??= performance.now();
      first.resolve('interrupted');
      if (performance.now() - firstAt > SAME_SIGNAL_MS) force();
    });
  return first.promise;
}

/**
 * Whoever reads our output may be gone before us: a closed terminal, or a pipe whose reader Ctrl-C ended first. Unheard,
 * that would end this process at its next line, before it has stopped what it started.
 */
export function outliveReaders() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
