/** fft.js ships no types: what of it is used here. Arrays may be typed arrays; complex ones interleave re and im. */
declare module 'fft.js' {
  export default class FFT {
    /** @throws Error unless the size is a power of two above 1. */
    constructor(size: number);
    /** Fills the lower half of the spectrum (size / 2 + 1 complex values) of `size` real values. */
    realTransform(out: Float64Array, data: Float64Array): void;
    /** Mirrors the lower half into the upper one. */
    completeSpectrum(spectrum: Float64Array): void;
    /** The inverse, divided by the size. */
    inverseTransform(out: Float64Array, data: Float64Array): void;
  }
}
