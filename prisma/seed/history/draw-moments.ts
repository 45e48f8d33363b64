import { Temporal } from 'temporal-polyfill';
import type { Random } from '../records/random.ts';
import type { Person } from './people.ts';

const DAYS = 365;
const HOUR_MS = 3_600_000;
const ZONES: Readonly<Record<string, string>> = {
  'us-east-1': 'America/New_York',
  'eu-west-1': 'Europe/Dublin',
  'ap-southeast-1': 'Asia/Singapore',
};

/** Weights of the 24 hours, local time: an emergency department never closes, the others keep office hours. */
const AROUND_THE_CLOCK = [3, 2, 2, 2, 2, 2, 3, 4, 6, 8, 9, 9, 8, 8, 8, 8, 8, 9, 9, 9, 8, 7, 5, 4];
const OFFICE_HOURS = [0, 0, 0, 0, 0, 0, 0, 2, 7, 10, 10, 9, 5, 8, 10, 9, 7, 4, 1, 0.5, 0.2, 0, 0, 0];

export type Moment = { at: Date; person: Person };

/** The day that a history made at this moment ends with: it stops as today (UTC) begins. */
export function startOfToday(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
}

/** When the history that ends at `until` begins. */
export function startOfHistory(until: Date): Date {
  return new Date(until.getTime() - DAYS * 24 * HOUR_MS);
}

/** `count` moments of the year before `until`, in order, each with who asks: more by day, on weekdays, and lately. */
export function drawMoments(random: Random, people: readonly Person[], until: Date, count: number): Moment[] {
  const since = startOfHistory(until);
  const days = Array.from({ length: DAYS }, (_, i) => new Date(since.getTime() + i * 24 * HOUR_MS));
  const weights = {
    clock: days.map((day, i) => dayWeight(day, i / DAYS, 0.8)),
    office: days.map((day, i) => dayWeight(day, i / DAYS, 0.08)),
  };
  const personWeights = people.map((person) => person.weight);
  const offsetMs = offsets();
  const moments: Moment[] = [];
  while (moments.length < count) {
    const person = people[random.weighted(personWeights)]!;
    const isEmergency = person.department === 'Emergency';
    const day = days[random.weighted(isEmergency ? weights.clock : weights.office)]!;
    const hour = random.weighted(isEmergency ? AROUND_THE_CLOCK : OFFICE_HOURS);
    const localMs = day.getTime() + (hour + random.unit()) * HOUR_MS;
    const at = new Date(Math.floor(localMs - offsetMs(person.region, day)));
    // A local day reaches over both ends of the year.
    if (at >= since && at < until) moments.push({ at, person });
  }
  return moments.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Use grows over the year; weekends, the turn of the year and August are quieter. */
function dayWeight(day: Date, progress: number, weekend: number): number {
  const growth = 0.65 + 0.7 * progress;
  const month = day.getUTCMonth();
  const isTurnOfYear = (month === 11 && day.getUTCDate() >= 21) || (month === 0 && day.getUTCDate() <= 2);
  const season = isTurnOfYear ? 0.35 : month === 7 ? 0.75 : 1;
  return growth * season * ([0, 6].includes(day.getUTCDay()) ? weekend : 1);
}

/** How far a region's clocks are ahead of UTC on a day, as of noon. */
function offsets(): (region: string, day: Date) => number {
  const known = new Map<string, number>();
  return (region, day) => {
    const key = `${region} ${day.toISOString().slice(0, 10)}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const noon = Temporal.Instant.fromEpochMilliseconds(day.getTime() + 12 * HOUR_MS);
    const offset = noon.toZonedDateTimeISO(ZONES[region] ?? 'UTC').offsetNanoseconds / 1e6;
    known.set(key, offset);
    return offset;
  };
}
