import { z } from 'zod';
import type { AccountingCase } from './account-case.ts';
import {
  ADJACENCIES,
  groupEvents,
  MAX_COUNT,
  needsAdjacency,
  type PrivacyEvent,
  privacyEventSchema,
} from './events.ts';
import { fieldFault, pathName } from './field-fault.ts';

/** A list longer than this is a mistake, or belongs in `count`. */
export const MAX_EVENTS = 1_000_000;
/** Different events in one case, after equal ones are counted together: each costs a transform. */
export const MAX_KINDS = 256;
export const MAX_CASES = 10_000;

type Path = readonly (string | number)[];

const delta = z.number().gt(0).lt(1);
const caseSchema = z.looseObject({
  id: z.string().min(1).max(200).optional(),
  adjacency: z.enum(ADJACENCIES).default('add_or_remove_one'),
  delta,
  events: z.array(z.unknown()).min(1).max(MAX_EVENTS),
  orders: z.array(z.number().gt(1).max(1e6)).min(1).max(1000).optional(),
});

/**
 * The cases of a file: `{cases: [...]}`, a bare list of cases, or one case `{events, delta, adjacency?, orders?}`. What
 * else a case holds (expected values, notes) is left aside. Equal events are counted together.
 * @throws RangeError naming the field (`cases[3].events[1].noise_multiplier`) and the reason.
 */
export function parseCases(content: unknown): AccountingCase[] {
  const { list, path } = casesOf(content);
  if (list.length === 0 || list.length > MAX_CASES)
    throw new RangeError(`${pathName(path)} must hold from 1 to ${MAX_CASES} cases`);
  return list.map((one, i) => parseCase(one, path ? [...path, i] : [], i));
}

function casesOf(content: unknown): { list: unknown[]; path: Path | null } {
  if (Array.isArray(content)) return { list: content, path: ['cases'] };
  if (typeof content === 'object' && content !== null) {
    if ('cases' in content) {
      if (!Array.isArray(content.cases)) throw new RangeError('cases must be a list');
      return { list: content.cases, path: ['cases'] };
    }
    if ('events' in content) return { list: [content], path: null };
  }
  throw new RangeError('The file must hold {cases: [...]}, a list of cases, or {events: [...], delta}');
}

function parseCase(one: unknown, path: Path, index: number): AccountingCase {
  const parsed = caseSchema.safeParse(one);
  if (!parsed.success) throw fieldFault(path, parsed.error);
  const { id, adjacency, delta, orders } = parsed.data;
  const events = groupEvents(parseEvents(parsed.data.events, [...path, 'events'], adjacency));
  const at = pathName([...path, 'events']);
  if (events.length > MAX_KINDS)
    throw new RangeError(`${at} must be of at most ${MAX_KINDS} different kinds; there are ${events.length}`);
  if (events.reduce((sum, event) => sum + event.count, 0) > MAX_COUNT)
    throw new RangeError(`${at} must count at most ${MAX_COUNT} runs together`);
  return { id: id ?? String(index), adjacency, delta, events, orders };
}

/** Equal texts are parsed once: a million equal events take a second. */
function parseEvents(
  events: readonly unknown[],
  path: Path,
  adjacency: AccountingCase['adjacency'],
): PrivacyEvent[] {
  const seen = new Map<string, PrivacyEvent>();
  return events.map((raw, i) => {
    const text = JSON.stringify(raw);
    const known = seen.get(text);
    if (known) return known;
    const parsed = privacyEventSchema.safeParse(raw);
    if (!parsed.success) throw fieldFault([...path, i], parsed.error);
    const needed = needsAdjacency(parsed.data);
    if (needed !== null && needed !== adjacency)
      throw new RangeError(
        `${pathName([...path, i])} of type ${parsed.data.type} is valid under adjacency ${needed} only, and this case is under ${adjacency}`,
      );
    seen.set(text, parsed.data);
    return parsed.data;
  });
}
