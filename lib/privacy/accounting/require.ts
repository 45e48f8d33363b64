/** @throws RangeError unless 0 < delta < 1. */
export function requireDelta(delta: number): void {
  if (!(delta > 0 && delta < 1))
    throw new RangeError('delta must be a number between 0 and 1, both excluded');
}

/** @throws RangeError, naming the parameter, unless the value is positive and finite. */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY)
    throw new RangeError(`${name} must be a positive, finite number`);
}

/** @throws RangeError, naming the parameter, unless the value is at least 0 and finite. */
export function requireNotNegative(name: string, value: number): void {
  if (!(value >= 0) || value === Number.POSITIVE_INFINITY)
    throw new RangeError(`${name} must be a finite number that is not negative`);
}
