const WIDTH = 32;
/** Drawn so often at most: a terminal is slower than the work. */
const EVERY_MS = 100;

const grouped = new Intl.NumberFormat('en');

/** A bar on the terminal's error output; nothing where that is no terminal. `done` leaves an empty line. */
export function progressBar(what: string, out: NodeJS.WriteStream = process.stderr) {
  let drawnAtMs = 0;
  return {
    show(count: bigint, of: bigint): void {
      const now = Date.now();
      if (!out.isTTY || (now - drawnAtMs < EVERY_MS && count < of)) return;
      drawnAtMs = now;
      const filled = of === 0n ? WIDTH : Number((count * BigInt(WIDTH)) / of);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      out.write(`\r${bar} ${grouped.format(count)} of ${grouped.format(of)} ${what}`);
    },
    done(): void {
      if (out.isTTY && drawnAtMs > 0) out.write('\r\x1b[2K');
    },
  };
}
