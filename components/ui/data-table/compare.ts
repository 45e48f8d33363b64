const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The order of two values of a column: texts as people order them, numbers and times by size. */
export function compare(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  if ((left as number) < (right as number)) return -1;
  return (left as number) > (right as number) ? 1 : 0;
}
