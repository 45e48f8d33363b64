import { CONDITIONS, type Condition } from './conditions.ts';
import type { Random } from './random.ts';
import { COMMON_SIGNS, SIGNS, type Sign } from './signs.ts';
import { COMMON_SYMPTOMS, OFTEN_DENIED, SYMPTOMS, type Symptom } from './symptoms.ts';

export type Sex = 'female' | 'male';

/** What is known at one encounter, in the words the clinician happened to choose. */
export type Presentation = {
  age: number;
  sex: Sex;
  symptoms: string[];
  duration: string;
  denied: string[];
  history: string[];
  signs: string[];
  plans: string[];
  /** A suspicion, written in few notes and wrong in half of those. */
  suspected: string | undefined;
};

const DURATIONS = ['two hours', 'since last night', 'three days', 'a week', 'several weeks', 'a few months'];
const GENERAL_PLANS = [
  'observe',
  'repeat labs in the morning',
  'follow up with primary care',
  'safety-net advice given',
  'review when results are back',
  'return if worse',
];
/** Chance that a note names what the clinician suspects. */
const SUSPICION_RATE = 0.04;

/** Below 1: what belongs to the condition is asked about, so it is found and written down more often. */
const WRITTEN_DOWN = 0.75;

function drawKeys<K extends string>(random: Random, chances: Partial<Record<K, number>>): K[] {
  const keys = Object.keys(chances) as K[];
  return keys.filter((key) => random.chance((chances[key] ?? 0) ** WRITTEN_DOWN));
}

function addDistractors<K extends string>(random: Random, keys: K[], pool: readonly K[], most: number): K[] {
  const extra = Array.from({ length: random.integer(0, most) }, () => random.pick(pool));
  return [...new Set([...keys, ...extra])];
}

function shuffle<T>(random: Random, items: T[]): T[] {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = random.integer(0, at);
    const held = items[at] as T;
    items[at] = items[other] as T;
    items[other] = held;
  }
  return items;
}

/** Draws what a patient with this condition shows: its own findings by chance, then what comes with anything. */
export function drawPresentation(random: Random, condition: Condition, age: number, sex: Sex): Presentation {
  let own: Symptom[] = drawKeys(random, condition.symptoms);
  if (own.length === 0) own = [random.pick(Object.keys(condition.symptoms) as Symptom[])];
  const symptoms = shuffle(random, addDistractors(random, own, COMMON_SYMPTOMS, 2));
  const signs: Sign[] = shuffle(
    random,
    addDistractors(random, drawKeys(random, condition.signs), COMMON_SIGNS, 2),
  );
  const deniable = OFTEN_DENIED.filter(
    (key) => !symptoms.includes(key) && (condition.symptoms[key] ?? 0) < 0.6,
  );
  const denied = addDistractors(random, [], deniable, 4);
  const history = Array.from({ length: random.weighted([4, 3, 2, 1]) }, () => random.pick(CONDITIONS))
    .filter((past) => past.chronic && past !== condition && age >= past.ages[0])
    .map((past) => past.name.toLowerCase());
  const suspected = random.chance(SUSPICION_RATE)
    ? (random.chance(0.5) ? condition : random.pick(CONDITIONS)).name
    : undefined;
  return {
    age,
    sex,
    symptoms: symptoms.map((key) => random.pick(SYMPTOMS[key])),
    duration: random.pick(DURATIONS),
    denied: denied.map((key) => SYMPTOMS[key][0]),
    history: [...new Set(history)],
    signs: signs.map((key) => random.pick(SIGNS[key])),
    plans: [
      ...(random.chance(0.35) ? [random.pick(condition.plans)] : []),
      ...(random.chance(0.2) ? [random.pick(random.pick(CONDITIONS).plans)] : []),
      random.pick(GENERAL_PLANS),
    ],
    suspected,
  };
}
