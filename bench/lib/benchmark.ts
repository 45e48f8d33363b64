import type { Row } from './result-json.ts';

/** What a benchmark leaves behind. Everything else it has to say it prints. */
export type Outcome = { rows: Row[] };

/** One file of bench/ exports one of these; bench/benchmarks.ts lists them. */
export type Benchmark = {
  name: string;
  /** One line for the list. */
  summary: string;
  /** Flags of its own: with a value, or without. `--json FILE` is everybody's. */
  flags: { values: readonly string[]; switches: readonly string[] };
  run(args: BenchmarkArgs): Promise<Outcome>;
};

export type BenchmarkArgs = { values: Readonly<Record<string, string>>; switches: ReadonlySet<string> };
