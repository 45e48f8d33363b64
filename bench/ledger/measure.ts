import { nodeCpuMs, serverCpuMs } from './cpu-time.ts';

/** One sample of one way to debit. */
export type Sample = {
  ratePerS: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of this process and of Postgres for one debit, microseconds. */
  nodeUs: number;
  serverUs: number;
  debits: number;
};

/** Either for a time, or until there is nothing more to do. */
type Until = { durationMs: number } | { isOver: () => boolean };

/** `callers` debit over and over: each asks again as soon as it is answered. */
export async function measure(
  serverPid: number,
  debit: () => Promise<unknown>,
  { callers, debitsEach = 1, ...until }: { callers: number; debitsEach?: number } & Until,
): Promise<Sample> {
  const latenciesMs: number[] = [];
  const before = { node: nodeCpuMs(), server: serverCpuMs(serverPid), atMs: performance.now() };
  const call = async () => {
    for (;;) {
      const startedAtMs = performance.now();
      if ('isOver' in until ? until.isOver() : startedAtMs - before.atMs >= until.durationMs) return;
      await debit();
      latenciesMs.push(performance.now() - startedAtMs);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const tookMs = performance.now() - before.atMs;
  const debits = latenciesMs.length * debitsEach;
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? Number.NaN;
  return {
    ratePerS: (debits / tookMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    nodeUs: ((nodeCpuMs() - before.node) * 1000) / debits,
    serverUs: ((serverCpuMs(serverPid) - before.server) * 1000) / debits,
    debits,
  };
}
