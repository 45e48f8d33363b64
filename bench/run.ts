/** `npm run bench` lists the benchmarks; `npm run bench -- NAME [--json FILE] ...` runs one. */
import { BENCHMARKS } from './benchmarks.ts';
import { parseFlags, UsageError } from './lib/args.ts';
import { writeResult } from './lib/result-json.ts';

const usage = (name: string, { values, switches }: (typeof BENCHMARKS)[number]['flags']) =>
  [
    name,
    '[--json FILE]',
    ...values.map((flag) => `[--${flag} VALUE]`),
    ...switches.map((flag) => `[--${flag}]`),
  ].join(' ');

async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined) {
    for (const { name, summary, flags } of BENCHMARKS) console.log(`${usage(name, flags)}\n    ${summary}`);
    return;
  }
  const benchmark = BENCHMARKS.find((one) => one.name === name);
  if (!benchmark) {
    throw new UsageError(
      `No benchmark is called ${name}. There are: ${BENCHMARKS.map((one) => one.name).join(', ')}.`,
    );
  }
  const { values, switches } = benchmark.flags;
  const args = parseFlags(rest, { values: [...values, 'json'], switches });
  const { rows } = await benchmark.run(args);
  if (args.values.json) writeResult(args.values.json, benchmark.name, rows);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
