import FFT from 'fft.js';
import type { LossMasses } from './loss-masses.ts';
import { composedWindow, type Repeated } from './window.ts';

/** Room for windows that Chernoff's bound makes wider than nine deviations. */
const MAX_CELLS = 1 << 20;
/** A factor on the unit rounding of the transform and the powers, generous by measurement (a few units, never 16). */
const ROUNDING = 16 * Number.EPSILON;
/** A coefficient e^-60 of the whole is below every rounding. */
const VANISHED = -60;

/**
 * The loss distribution of the composition: the convolution of all parts, each with itself `count` times, by powers in
 * the frequency domain. Losses add because dominating pairs compose, adaptively (Zhu, Dong, Wang, arXiv 2106.08567,
 * theorem 10). Pessimistic throughout: mass outside the window (at most `tail` on either side, Chernoff) and a bound on
 * all float error become infinite losses, negative results of rounding become 0.
 * Null when the window has too many cells on this grid.
 */
export function composeMasses(parts: readonly Repeated[], tail: number): LossMasses | null {
  const only = parts[0]!;
  if (parts.length === 1 && only.count === 1) return only.loss;
  const window = composedWindow(parts, tail);
  const needed = window.to - window.from + 1;
  if (needed > MAX_CELLS) return null;
  const size = Math.max(8, 2 ** Math.ceil(Math.log2(needed)));
  const spectrum = composedSpectrum(parts, size);
  const fft = transformOf(size);
  fft.completeSpectrum(spectrum.values);
  const result = new Float64Array(2 * size);
  fft.inverseTransform(result, spectrum.values);
  const masses = new Float64Array(needed);
  for (let i = 0; i < needed; i += 1)
    masses[i] = Math.max(0, result[2 * modulo(window.from + i - spectrum.centre, size)]!);
  return {
    interval: only.loss.interval,
    lowest: window.from,
    masses,
    infinite: infiniteMass(parts) + 2 * tail + spectrum.error,
  };
}

/**
 * The product of the parts' transforms to their counts. Each part is centred on its mean first, which keeps phases small
 * and powers accurate. The error is one of the l1 norm: at most that of the spectrum in l2 (Parseval and Cauchy-Schwarz,
 * size cancels), each coefficient being off by its share of (counts + log2 size) roundings.
 */
function composedSpectrum(parts: readonly Repeated[], size: number) {
  const half = size / 2;
  const logs = new Float64Array(half + 1);
  const phases = new Float64Array(half + 1);
  const fft = transformOf(size);
  const input = new Float64Array(size);
  const output = new Float64Array(2 * size);
  let centre = 0;
  let roundings = Math.log2(size);
  for (const { loss, count } of parts) {
    const middle = meanIndex(loss);
    input.fill(0);
    for (let i = 0; i < loss.masses.length; i += 1)
      input[modulo(loss.lowest + i - middle, size)]! += loss.masses[i]!;
    fft.realTransform(output, input);
    for (let k = 0; k <= half; k += 1) {
      if (logs[k]! < VANISHED) continue;
      const re = output[2 * k]!;
      const im = output[2 * k + 1]!;
      logs[k]! += (count * Math.log(re * re + im * im)) / 2;
      phases[k]! += count * Math.atan2(im, re);
    }
    centre += count * middle;
    roundings += count;
  }
  const values = new Float64Array(2 * size);
  let squares = 0;
  for (let k = 0; k <= half; k += 1) {
    if (logs[k]! < VANISHED) continue;
    const modulus = Math.exp(logs[k]!);
    values[2 * k] = modulus * Math.cos(phases[k]!);
    values[2 * k + 1] = modulus * Math.sin(phases[k]!);
    squares += (k === 0 || k === half ? 1 : 2) * modulus * modulus;
  }
  return { values, centre, error: ROUNDING * roundings * Math.sqrt(squares) };
}

/** The last one made: its tables take longer than a transform, and both directions and the inverse share a size. */
let latest: { size: number; fft: FFT } | null = null;

function transformOf(size: number): FFT {
  if (latest?.size !== size) latest = { size, fft: new FFT(size) };
  return latest.fft;
}

/** The chance that any of them has an infinite loss. */
function infiniteMass(parts: readonly Repeated[]): number {
  return -Math.expm1(parts.reduce((sum, { loss, count }) => sum + count * Math.log1p(-loss.infinite), 0));
}

function meanIndex({ masses, lowest }: LossMasses): number {
  let total = 0;
  let first = 0;
  for (let i = 0; i < masses.length; i += 1) {
    total += masses[i]!;
    first += masses[i]! * i;
  }
  return lowest + Math.round(first / total);
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
