/**
 * The text's first characters as a string of its own. A plain slice would keep the whole text it was cut from in
 * memory, so that clipping would free nothing.
 */
export function ownText(text: string, mostCharacters: number): string {
  return Buffer.from(text.slice(0, mostCharacters), 'utf8').toString('utf8');
}
