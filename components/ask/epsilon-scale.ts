/** The slider's steps run evenly in the logarithm, from a hundredth of what is allowed (at most 0.01) upwards. */
export const SCALE_STEPS = 100;

function floorOf(max: number): number {
  return Math.min(0.01, max / 100);
}

/** The epsilon of a slider step, in two significant digits and never above `max`. */
export function epsilonAt(step: number, max: number): number {
  const min = floorOf(max);
  const exact = min * (max / min) ** (step / SCALE_STEPS);
  return Math.min(max, Number(exact.toPrecision(2)));
}

/** The step nearest to an epsilon; the ends for what lies beyond them. */
export function stepOf(epsilon: number, max: number): number {
  const min = floorOf(max);
  const step = (SCALE_STEPS * Math.log(epsilon / min)) / Math.log(max / min);
  return Number.isFinite(step) ? Math.round(Math.min(SCALE_STEPS, Math.max(0, step))) : 0;
}
