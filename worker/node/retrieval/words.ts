/** One word of a text. `hash` is the 32-bit FNV-1a of its stem. */
export type WordVisitor = (hash: number, startsClause: boolean) => void;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const LETTER_S = 0x73;

const isDigit = (code: number) => code >= 0x30 && code <= 0x39;
const isWordCode = (code: number) =>
  (code >= 0x61 && code <= 0x7a) || isDigit(code) || (code > 0x7f && !isSpaceOrMark(code));
const isSpaceOrMark = (code: number) =>
  code === 0xa0 || (code >= 0x2000 && code <= 0x206f) || code === 0xfffd || code === 0xb7;
/** A comma does not end a clause: "denies fever, cough and chills" negates all three. */
const isClauseEnd = (code: number) =>
  code === 0x2e || code === 0x3b || code === 0x3a || code === 0x21 || code === 0x3f || code === 0x0a;

/**
 * Lower case without accents: the form every other function here expects. Marks that stand alone go before the
 * normalisation, which would sort a long run of them in quadratic time.
 */
export function foldText(text: string): string {
  return text.replace(/\p{M}/gu, '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** End of the word's stem: a plural "s" goes, "ss", "us" and "is" stay. */
function stemEnd(text: string, start: number, end: number): number {
  if (end - start <= 3 || text.charCodeAt(end - 1) !== LETTER_S) return end;
  const before = text.charCodeAt(end - 2);
  return before === LETTER_S || before === 0x75 || before === 0x69 ? end : end - 1;
}

function hashRange(text: string, start: number, end: number): number {
  let hash = FNV_OFFSET;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash >>> 0;
}

/** Hash of one already folded word. */
export function hashWord(word: string): number {
  return hashRange(word, 0, stemEnd(word, 0, word.length));
}

/**
 * Calls `visit` for every word of a folded text, at most `maxWords` times. Single letters and whatever starts
 * with a digit (ages, doses, times) are left out: they say little and would count as rare words.
 */
export function forEachWord(folded: string, maxWords: number, visit: WordVisitor): void {
  let seen = 0;
  let at = 0;
  let clauseEnded = false;
  while (at < folded.length && seen < maxWords) {
    const code = folded.charCodeAt(at);
    if (!isWordCode(code)) {
      if (isClauseEnd(code)) clauseEnded = true;
      at += 1;
      continue;
    }
    const start = at;
    while (at < folded.length && isWordCode(folded.charCodeAt(at))) at += 1;
    if (at - start < 2 || isDigit(code)) continue;
    seen += 1;
    visit(hashRange(folded, start, stemEnd(folded, start, at)), clauseEnded);
    clauseEnded = false;
  }
}

/** The stems of a text as strings, for building the public table. */
export function wordsOf(text: string): string[] {
  const folded = foldText(text);
  return (folded.match(/[a-z][a-z0-9]+/g) ?? []).map((word) => word.slice(0, stemEnd(word, 0, word.length)));
}
