import { CONDITIONS } from './conditions.ts';
import { caseMix, DEFAULT_PROFILE } from './hospital-profiles.ts';
import { drawPresentation, type Presentation } from './presentation.ts';
import { createRandom } from './random.ts';

/** A question nobody's record answers word for word, with the answer. */
export type HeldOutCase = { text: string; code: string; display: string };

function ask(p: Presentation): string {
  const pronoun = p.sex === 'female' ? 'She' : 'He';
  return [
    `A ${p.age}-year-old ${p.sex === 'female' ? 'woman' : 'man'} has had ${p.symptoms.join(', ')} for ${p.duration}.`,
    p.denied.length ? `${pronoun} denies ${p.denied.slice(0, 2).join(' or ')}.` : '',
    p.signs.length ? `Findings: ${p.signs.join(', ')}.` : '',
    p.history.length ? `History of ${p.history.join(' and ')}.` : '',
    'What is the most likely diagnosis?',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Cases for measuring, from the records' vocabulary but a stream of their own; suspicions and plans are left out. */
export function generateHeldOutCases({ seed, count }: { seed: string; count: number }): HeldOutCase[] {
  const random = createRandom(`${seed}/held-out`);
  return Array.from({ length: count }, () => {
    const age = random.integer(18, 90);
    const condition = CONDITIONS[random.weighted(caseMix(DEFAULT_PROFILE, age))];
    if (!condition) throw new RangeError('No condition drawn.');
    const sex = condition.code.startsWith('C50') || random.chance(0.52) ? 'female' : 'male';
    const presentation = drawPresentation(random, condition, age, sex);
    return { text: ask(presentation), code: condition.code, display: condition.display };
  });
}
