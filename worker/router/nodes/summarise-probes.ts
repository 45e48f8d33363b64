export type MinuteOfProbes = {
  probes: number;
  lost: number;
  medianMs: number | null;
  slowestMs: number | null;
};

/** One minute of round trips in four figures; null stands for a probe that got no reply. */
export function summarise(outcomes: readonly (number | null)[]): MinuteOfProbes {
  const heard = outcomes.filter((ms) => ms !== null).sort((a, b) => a - b);
  const middle = heard.length >> 1;
  const upper = heard[middle];
  const lower = heard[middle - 1];
  const medianMs =
    upper === undefined ? null : heard.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
  return {
    probes: outcomes.length,
    lost: outcomes.length - heard.length,
    medianMs,
    slowestMs: heard.at(-1) ?? null,
  };
}
