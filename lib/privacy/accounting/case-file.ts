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
import { MAX_ORDER } from './rdp/orders.ts';
import { poissonGaussianTerms } from './rdp/poisson-gaussian.ts';

/** A list longer than this is a mistake, or belongs in `count`. */
export const MAX_EVENTS = 1_000_000;
/** Different events in one case, after equal ones are counted together: each costs a transform. */
export const MAX_KINDS = 256;
export const MAX_CASES = 10_000;
/** Terms that the Renyi divergences of sampled Gaussians may sum up in one case: a few seconds. */
const MAX_RDP_TERMS = 1e8;

type Path = readonly (string | number)[];

const delta = z.number().gt(0).lt(1);
/** What a list of reference cases has beside its questions: answers, and notes on them. Read past. */
const reference = z.unknown().optional();
const caseSchema = z.strictObject({
  id: z.string().min(1).max(200).optional(),
  adjacency: z.enum(ADJACENCIES).default('add_or_remove_one'),
  delta,
  events: z.array(z.unknown()).min(1).max(MAX_EVENTS),
  orders: z.array(z.number().gt(1).max(MAX_ORDER)).min(1).max(1000).optional(),
  family: reference,
  note: reference,
  rdp: reference,
  pld: reference,
  exact_gaussian_epsilon: reference,
  zcdp_total_rho: reference,
  zcdp_continuous_alpha_epsilon: reference,
  bounded_range_tight_rdp_epsilon: reference,
  bounded_range_tight_rdp_order: reference,
  bounded_range_tight_rdp_at: reference,
});

/**
 * The cases of a file: `{cases: [...]}`, a bare list of cases, or one case `{events, delta, adjacency?, orders?}`. The
 * columns of reference cases (expected values, notes) are left aside, any other field is refused, for it may be a misspelt
 * one. Equal events are counted together.
 * @throws RangeError naming the field (`cases[3].events[1].noise_multiplier`) and the reason.
 */
export function parseCases(content: unknown): AccountingCase[] {
  const { list, path } = casesOf(content);
  if (list.length === 0 || list.length > MAX_CASES)
    throw new RangeError(`${pathName(path)} must hold from 1 to ${MAX_CASES} cases`);
  if (isEvent(list[0]))
    throw new RangeError(
      `${pathName(path)} must be a list of cases, and this is one of events: {"events": [...], "delta": ...} is wanted`,
    );
  const parsed = list.map((one, i) => parseCase(one, path ? [...path, i] : [], i));
  requireOwnIds(parsed);
  return parsed;
}

function isEvent(one: unknown): boolean {
  return typeof one === 'object' && one !== null && 'type' in one && !('events' in one);
}

/** Figures are found by their case's id. One that names none has its place in the list. */
function requireOwnIds(cases: readonly AccountingCase[]): void {
  const places = new Map<string, number>();
  for (const [i, { id }] of cases.entries()) {
    const other = places.get(id);
    if (other !== undefined)
      throw new RangeError(`cases[${i}].id is "${id}", and so is that of cases[${other}]`);
    places.set(id, i);
  }
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
  requireFewTerms(events, orders ?? [], [...path, 'orders']);
  return { id: id ?? String(index), adjacency, delta, events, orders };
}

function requireFewTerms(events: readonly PrivacyEvent[], orders: readonly number[], path: Path): void {
  let terms = 0;
  for (const event of events) {
    if (event.type !== 'poisson_gaussian') continue;
    for (const order of orders) terms += poissonGaussianTerms(event.noise_multiplier, order);
  }
  if (terms > MAX_RDP_TERMS)
    throw new RangeError(`${pathName(path)} must be fewer or smaller for so many kinds of sampled Gaussians`);
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
