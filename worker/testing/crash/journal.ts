import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What a caller was told of one move of one request; `sent` is before it was told anything. */
export type Line = {
  id: string;
  move: 'reserve' | 'settle' | 'release' | 'replay';
  said: string;
  /** Set aside by the request, in pico-rho; null charges all of it. */
  amount: number;
  charge: number | null;
};

/**
 * What callers were told, kept outside of what is killed: a line is in the kernel's hands before the caller goes on, so it
 * outlives a kill -9 of the process that wrote it.
 */
export function openJournal(file: string) {
  const descriptor = openSync(file, 'a');
  return {
    write: (line: Line) => void writeSync(descriptor, `${JSON.stringify(line)}\n`),
    close: () => closeSync(descriptor),
  };
}

/** All complete lines; the last may have been cut off by the kill. */
export function readJournal(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Line];
      } catch {
        // Half a line of a former life, with the next life's first behind it.
        return [];
      }
    });
}
