import type { Random } from '../records/random.ts';
import type { Person } from './people.ts';
import type { Prices } from './prices.ts';

/** What somebody asks for, before anybody looks whether it may be answered. */
export type Question =
  | { route: 'federated'; labelCount: number; epsilon: number; purpose: string }
  | { route: 'public'; labelCount: number; purpose: string };

const CARE = 'clinical-decision-support';
const RESEARCH = 'research';
const QUALITY = 'quality-improvement';

const LABEL_COUNTS = [2, 3, 4, 5, 6, 8, 10];
const LABEL_WEIGHTS = [20, 24, 32, 12, 7, 3, 2];
/** Shards of all four hospitals, and of the three that answer for research. */
const ALL_SHARDS = 256;
const RESEARCH_SHARDS = 192;

const EPSILON_HABITS = [
  /** Takes what the quote says would do, in hundredths. */
  { weight: 79, epsilonOf: thrifty },
  { weight: 14, epsilonOf: () => 0.1 },
  { weight: 1.5, epsilonOf: () => 0.15 },
  { weight: 0.5, epsilonOf: () => 0.25 },
  /** Would like it cheaper than it can be. */
  { weight: 4.5, epsilonOf: () => 0.02 },
  { weight: 0.5, epsilonOf: () => 2 },
];

export function drawQuestion(random: Random, person: Person, prices: Prices): Question {
  const isResearch = person.department === 'Research';
  if (random.chance(isResearch ? 0.1 : 0.27)) {
    // Most public questions are answered in free text.
    return { route: 'public', labelCount: random.chance(0.3) ? random.integer(2, 5) : 0, purpose: CARE };
  }
  const labelCount = LABEL_COUNTS[random.weighted(LABEL_WEIGHTS)]!;
  const purpose = isResearch ? RESEARCH : random.chance(0.02) ? QUALITY : CARE;
  const habit = EPSILON_HABITS[random.weighted(EPSILON_HABITS.map(({ weight }) => weight))]!;
  const shards = isResearch ? RESEARCH_SHARDS : ALL_SHARDS;
  return { route: 'federated', labelCount, purpose, epsilon: habit.epsilonOf(labelCount, shards, prices) };
}

function thrifty(labelCount: number, shards: number, prices: Prices): number {
  const { suffices } = prices.worth(labelCount, shards, 0.1);
  if (suffices.epsilon === null) throw new Error(`no epsilon makes ${labelCount} labels useful`);
  return Math.ceil(suffices.epsilon * 100) / 100;
}
