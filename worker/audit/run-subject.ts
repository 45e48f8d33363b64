import { chooseEvent, countIn, type Hits, tally } from '#lib/privacy/audit/attack';
import { lookAt } from '#lib/privacy/audit/looks';
import { type Measured, measure } from '#lib/privacy/audit/measure';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import type { Path } from './path.ts';
import { SIDES, type Side } from './scenario.ts';
import { DELTA, type Sample, type Subject } from './subject.ts';

export type RunOptions = {
  /** Samples a side that choose the event, and of the first look at the bound; every look has twice as many. */
  pilot: number;
  first: number;
  /** No further look is begun past this many samples a side. */
  most: number;
  /** Once true nothing more is asked, also in the middle of a look, but for the pilot and `least` samples a side. */
  isOver?: () => boolean;
  least?: number;
  /** Chance of a false alarm, all looks together. */
  error: number;
  onBatch?: (samplesPerSide: number) => void;
};

export type Ran = { claimedRhoPico: bigint; event: string[]; last: Measured; looks: number };

/** Requests under way at once; the router answers in ticks, so fewer would leave it idle. */
const AT_ONCE = 64;
const BATCH_PER_SIDE = 125;

/**
 * Attacks one subject: learns on a pilot which answers to take for a sign of the left neighbour, then counts how often
 * that sign is right, until it has refuted the charge or may look no further. Both sides are asked in turn.
 */
export async function runSubject(path: Path, subject: Subject, options: RunOptions): Promise<Ran> {
  const { isOver = () => false, least = 0 } = options;
  let claimedRhoPico = 0n;
  const draw = async (perSide: number, mayStop: () => boolean): Promise<Record<Side, string[]>> => {
    const samples = await drawBoth(path, subject, { perSide, mayStop });
    const worst = await worstCharge(path, [...samples.left, ...samples.right]);
    if (worst > claimedRhoPico) claimedRhoPico = worst;
    const answers = (side: Side) => samples[side].map(({ answer }) => answer);
    return { left: answers('left'), right: answers('right') };
  };
  const pilot = await draw(options.pilot, () => false);
  const event = chooseEvent(tally(pilot.left), tally(pilot.right));
  let hits: Hits = { left: 0, right: 0, samplesPerSide: 0 };
  for (let number = 1; ; number += 1) {
    const look = lookAt(number, options.first, options.error);
    while (hits.samplesPerSide < look.samplesPerSide) {
      const isEnough = hits.samplesPerSide >= least;
      const wanted = isEnough ? look.samplesPerSide : Math.min(least, look.samplesPerSide);
      const perSide = Math.min(BATCH_PER_SIDE, wanted - hits.samplesPerSide);
      const { left, right } = await draw(perSide, () => isEnough && isOver());
      if (left.length === 0) break;
      hits = {
        left: hits.left + countIn(event, left),
        right: hits.right + countIn(event, right),
        samplesPerSide: hits.samplesPerSide + left.length,
      };
      options.onBatch?.(hits.samplesPerSide);
    }
    const claimedRho = rhoPicoToNumber(claimedRhoPico);
    const last = measure({ hits, claimedRho, delta: DELTA, error: look.error });
    const isLast = look.samplesPerSide * 2 > options.most || hits.samplesPerSide < look.samplesPerSide;
    if (last.verdict === 'refuted' || isLast) {
      return { claimedRhoPico, event: [...event].sort(), last, looks: number };
    }
  }
}

/** The dearest sample's charge: a mechanism may charge some outcomes less, and what it promises is the most. */
async function worstCharge(path: Path, samples: readonly Sample[]): Promise<bigint> {
  const charges = await path.chargesOf(samples.flatMap(({ requestIds }) => requestIds));
  const sums = samples.map(({ requestIds }) =>
    requestIds.reduce((sum, requestId) => sum + (charges.get(requestId) ?? 0n), 0n),
  );
  return sums.reduce((worst, sum) => (sum > worst ? sum : worst), 0n);
}

/**
 * Asks both sides in turn, many at once. What is begun is always waited for and counted, and always as many of both
 * sides: which samples there are depends on the clock and never on how long an answer took.
 */
async function drawBoth(
  path: Path,
  subject: Subject,
  { perSide, mayStop }: { perSide: number; mayStop: () => boolean },
): Promise<Record<Side, Sample[]>> {
  const samples: Record<Side, Sample[]> = { left: [], right: [] };
  let begun = 0;
  const askOnAndOn = async () => {
    while (begun < 2 * perSide && (begun % 2 === 1 || !mayStop())) {
      const side = SIDES[begun % 2]!;
      begun += 1;
      samples[side].push(await subject.ask(path, side));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askOnAndOn));
  return samples;
}
