import { accuracy } from './accuracy.ts';
import { aggregation } from './aggregation.ts';
import { consolePages } from './console.ts';
import { laneTime } from './lane-time.ts';
import { ledger } from './ledger.ts';
import type { Benchmark } from './lib/benchmark.ts';
import { nextToken } from './next-token.ts';
import { privacy } from './privacy.ts';
import { voteTime } from './vote-time.ts';

/** Every benchmark: a file of this folder each, with its own folder where it has parts. */
export const BENCHMARKS: readonly Benchmark[] = [
  accuracy,
  aggregation,
  consolePages,
  laneTime,
  ledger,
  nextToken,
  privacy,
  voteTime,
];
