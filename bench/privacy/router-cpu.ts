import type { BenchRouter } from './bench-router.ts';

/** Hot code is compiled within some hundred requests; a router runs for weeks. */
const WARM_UP_BATCHES = 5;

/** What is measured: a batch asks `perBatch` times, `atOnce` of them together, and a request has `parts` of what counts. */
export type Load = {
  ask: (router: BenchRouter) => Promise<void>;
  perBatch: number;
  /** A divisor of perBatch. */
  atOnce: number;
  parts: number;
};

/**
 * Processor time of this process for one part of a private request, in milliseconds a batch: from the request's bytes to
 * the reply's, with authentication, admission, reservation, rounds, draws, settlement and audit leaves. Without the
 * hospitals' part, without Postgres, which is a process of its own, and without sockets: the gateway is handed its
 * requests.
 */
export async function routerCpuMs(router: BenchRouter, batches: number, load: Load): Promise<number[]> {
  const { ask, perBatch, atOnce, parts } = load;
  const times: number[] = [];
  for (let batch = -WARM_UP_BATCHES; batch < batches; batch += 1) {
    router.work.again = [];
    const wholeUs = await cpuUs(async () => {
      for (let turn = 0; turn < perBatch; turn += atOnce) {
        await Promise.all(Array.from({ length: atOnce }, () => ask(router)));
      }
    });
    const nodesUs = await cpuUs(async () => {
      for (const again of router.work.again) again();
    });
    if (batch >= 0) times.push((wholeUs - nodesUs) / 1000 / perBatch / parts);
  }
  return times;
}

async function cpuUs(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
