import { z } from 'zod';

/** Control characters, and those that turn the direction of what follows: a name with one reads as another. */
const HIDDEN = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const LINE_BREAKS = /[\t\r\n]/g;
/** The blank of Braille and the fillers of Hangul are letters and signs to Unicode, and still nothing to see. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

type Options = {
  min?: number;
  max: number;
  /** Said for every fault. */
  fault?: string;
};

/** Text of one line that people write and others read: trimmed, with something to see in it and nothing hidden. */
export function plainText(options: Options) {
  return trimmed(options).refine((text) => !HIDDEN.test(text) && VISIBLE.test(text), options.fault);
}

/** The same of several lines. */
export function plainLines(options: Options) {
  return trimmed(options).refine(
    (text) => !HIDDEN.test(text.replace(LINE_BREAKS, ' ')) && VISIBLE.test(text),
    options.fault,
  );
}

function trimmed({ min = 1, max, fault }: Options) {
  return z.string().trim().min(min, fault).max(max, fault);
}
