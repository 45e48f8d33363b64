/** A query parameter's one value; the first where somebody gave several. */
export function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
