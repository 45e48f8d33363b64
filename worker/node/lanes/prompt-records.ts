import { CHARACTERS_IN_PROMPT } from '../records/prompt-text.ts';
import { NO_RECORD } from '../retrieval/nearest-records.ts';
import { type RecordTexts, textAt } from './record-texts.ts';

/** Records of a shard that its prompt holds. Few: one nearest beats five in small shards (privacy.md section 2). */
export const RECORDS_PER_PROMPT = 3;
/** Of a model's context, for all of them; the question has half. */
const RECORDS_SHARE = 0.3;
/** Counted low, as in engine/server/question-text.ts. */
const CHARACTERS_PER_TOKEN = 2.5;

/** What one shard puts before the question: its nearest records within its quota of the context. None: it abstains. */
export function promptRecords(
  texts: RecordTexts,
  nearest: ArrayLike<number>,
  contextTokens: number,
): string[] {
  const room = Math.floor((contextTokens * CHARACTERS_PER_TOKEN * RECORDS_SHARE) / RECORDS_PER_PROMPT);
  const most = Math.min(room, CHARACTERS_IN_PROMPT);
  return Array.from(nearest)
    .filter((record) => record !== NO_RECORD)
    .map((record) => textAt(texts, record).slice(0, most))
    .filter((text) => text !== '');
}
