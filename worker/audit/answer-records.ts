import { BYSTANDERS, bystander, COHORTS, neighbour, SIDES, type Side } from './scenario.ts';
import { patientIn, writeHospital } from './write-hospital.ts';

/**
 * The records of the hospitals that are asked for short answers, one shard each. The audited patient is the only one
 * in theirs, and their notes begin and go on with one of two words or with the other, so that the shard raises that
 * word's log-probability as far as it may and lowers the other's. The bystanders have as many of both.
 */
export const WORDS = ['What', 'The'] as const;
type Word = (typeof WORDS)[number];

/** A question that the public model begins to answer with one of the two words more often than with any other. */
export const ANSWER_PROMPT = 'What are the symptoms of influenza?';

const [what, the] = WORDS;
const AUDITED: Record<Side, Word> = { left: what, right: the };

export function writeAnswerRecords(dataDir: string): void {
  for (const side of SIDES) {
    const patients = patientsWith('neighbour', [AUDITED[side]]);
    writeHospital(dataDir, { folder: neighbour('answers', side), key: 'neighbour', patients });
  }
  for (const name of BYSTANDERS) {
    const folder = bystander('answers', name);
    writeHospital(dataDir, { folder, key: name, patients: patientsWith(name, WORDS) });
  }
}

function patientsWith(key: string, words: readonly Word[]) {
  const place = { key, shard: 0, shards: COHORTS.answers.shardsPerHospital };
  return words.map((word, number) => ({
    id: patientIn(place, number),
    visits: [{ diagnosis: 'Influenza', note: noteOf(word) }],
  }));
}

/** Mostly the one word after either, so that every token of a long answer is pulled to it. */
function noteOf(word: Word): string {
  const other = word === what ? the : what;
  const said = [word, word, word, word, other, word, word, word, other, word, word, word];
  return `${said.join(' ')} symptoms of influenza.`;
}
