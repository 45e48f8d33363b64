export type Ticks = {
  /** From 0 up in equal steps. */
  values: number[];
  /** How many decimals all of them are written with. */
  decimals: number;
};

const STEPS_AT_MOST = 5;

/** Ticks of an axis from 0 to `max` (above 0), a step being 1, 2 or 5 times a power of ten; the last is at most `max`. */
export function evenTicks(max: number): Ticks {
  const rough = max / STEPS_AT_MOST;
  const power = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * 10 ** power >= rough * (1 - 1e-9)) ?? 10;
  const step = Number(`${factor}e${power}`);
  const decimals = Math.max(0, factor === 10 ? -power - 1 : -power);
  const count = Math.floor(max / step + 1e-9);
  const values = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toFixed(decimals)));
  return { values, decimals };
}
