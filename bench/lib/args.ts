import type { BenchmarkArgs } from './benchmark.ts';

/** A fault of the command line: its message is all that the user needs. */
export class UsageError extends Error {}

/** Reads `--name value` and `--name` as the benchmark declares them. @throws UsageError on anything else. */
export function parseFlags(
  args: readonly string[],
  flags: { values: readonly string[]; switches: readonly string[] },
): BenchmarkArgs {
  const values: Record<string, string> = {};
  const switches = new Set<string>();
  const known = [...flags.values.map((name) => `--${name} VALUE`), ...flags.switches.map((n) => `--${n}`)];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const name = arg.slice(2);
    if (flags.switches.includes(name) && arg.startsWith('--')) {
      switches.add(name);
    } else if (flags.values.includes(name) && arg.startsWith('--')) {
      const value = args[at + 1];
      if (value === undefined || value.startsWith('--')) throw new UsageError(`${arg} needs a value.`);
      values[name] = value;
      at += 1;
    } else {
      throw new UsageError(`Unknown argument ${arg}. Known: ${known.join(', ')}.`);
    }
  }
  return { values, switches };
}
