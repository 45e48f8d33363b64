import type { StagesMs } from '#lib/ledger/settle';

export type StageClock = { end(stage: string): void; stagesMs: StagesMs };

/** Stage times are shown, and some stages work on private sums: all of them are rounded up to this. */
const STAGE_TICK_MS = 10;

/** Milliseconds since the start at which each stage ended. No node's own time is in it. */
export function stageClock(): StageClock {
  const startedAtMs = performance.now();
  const stagesMs: StagesMs = {};
  return {
    stagesMs,
    end: (stage) => {
      stagesMs[stage] = Math.ceil((performance.now() - startedAtMs) / STAGE_TICK_MS) * STAGE_TICK_MS;
    },
  };
}
