import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { AuditedMechanism, PlantedBugResult } from '#lib/privacy/audit/report';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { directPath } from './direct-path.ts';
import type { AuditFederation } from './federation.ts';
import { federationPath } from './federation-path.ts';
import type { Path } from './path.ts';
import { drawWithReusedNoise, PLANTED_BUGS, reusedNoise } from './planted-bugs.ts';
import { type Ran, runSubject } from './run-subject.ts';
import { DELTA, type Subject } from './subject.ts';
import { consensus, MARGIN_EPSILON, THRESHOLD_EPSILON } from './subjects/consensus.ts';
import { retriedVote } from './subjects/retried-vote.ts';
import { SHORT_ANSWER_EPSILON, shortAnswer } from './subjects/short-answer.ts';
import { twoVotes } from './subjects/two-votes.ts';
import { vote } from './subjects/vote.ts';

/** What `npm run audit` attacks: eta = 1 where few samples decide (privacy.md section 6), else the least that is useful. */
export const SUBJECTS: readonly Subject[] = [
  vote(1),
  retriedVote(1, 3),
  twoVotes(1),
  consensus('threshold', THRESHOLD_EPSILON),
  consensus('margin', MARGIN_EPSILON),
  shortAnswer(4, SHORT_ANSWER_EPSILON),
];

export type AuditOptions = {
  /** Chance that one line of the report is a false alarm. */
  error: number;
  /** Time for everything together; null stops at the first whole look at each mechanism. */
  minutes: number | null;
  log(line: string): void;
};

/** Samples a side of the first look at a mechanism, and the most that a planted bug may need before it counts as missed. */
const FIRST_LOOK = 500;
const FIRST_LOOK_AT_BUG = 125;
const MOST_FOR_BUG = 4_000;
const MOST_WITHOUT_API = 64_000;
const PILOT = 100;
/** Of the time, how much is for the mechanisms. Bugs take what they need, mostly less than the rest. */
const MECHANISMS_SHARE = 0.8;
const LOG_EVERY_MS = 10_000;

type Results = { mechanisms: AuditedMechanism[]; plantedBugs: PlantedBugResult[] };

/** Attacks every mechanism over the real API, then every planted bug in the same way. */
export async function runAudit(federation: AuditFederation, options: AuditOptions): Promise<Results> {
  const { error, minutes } = options;
  const path = federationPath(federation);
  const results: Results = { mechanisms: [], plantedBugs: [] };
  const perSubjectMs = ((minutes ?? 0) * 60_000 * MECHANISMS_SHARE) / SUBJECTS.length;

  for (const subject of SUBJECTS) {
    const endsAtMs = performance.now() + perSubjectMs;
    const { ran, line } = await timed(subject, options.log, (onBatch) =>
      runSubject(path, subject, {
        error,
        pilot: PILOT,
        first: FIRST_LOOK,
        most: minutes === null ? FIRST_LOOK : Number.POSITIVE_INFINITY,
        isOver: () => minutes !== null && performance.now() > endsAtMs,
        onBatch,
      }),
    );
    results.mechanisms.push({ ...line, verdict: ran.last.verdict });
  }
  const attackBug = async (id: PlantedBugResult['bug'], subject: Subject, through: Path, most: number) => {
    const { ran, line } = await timed(subject, options.log, (onBatch) =>
      runSubject(through, subject, { error, pilot: PILOT, first: FIRST_LOOK_AT_BUG, most, onBatch }),
    );
    results.plantedBugs.push({ ...line, bug: id, caught: ran.last.verdict === 'refuted' });
  };
  for (const { id, subject, stages } of PLANTED_BUGS) {
    federation.plant(stages());
    await attackBug(id, subject, path, MOST_FOR_BUG);
    federation.plant();
  }
  const direct = await directPath(federation.dataDir, drawWithReusedNoise);
  await attackBug(reusedNoise.id, reusedNoise.subject, direct, MOST_WITHOUT_API);
  return results;
}

async function timed(
  subject: Subject,
  log: (line: string) => void,
  run: (onBatch: (samplesPerSide: number) => void) => Promise<Ran>,
): Promise<{ ran: Ran; line: Omit<AuditedMechanism, 'verdict'> }> {
  const startedAtMs = performance.now();
  let loggedAtMs = startedAtMs;
  const ran = await run((samplesPerSide) => {
    if (performance.now() - loggedAtMs < LOG_EVERY_MS) return;
    loggedAtMs = performance.now();
    log(`  ${subject.id}: ${samplesPerSide} samples a side`);
  });
  const { claimedRhoPico, last } = ran;
  const line = {
    subject: subject.id,
    claimed: { rho: rhoPicoToNumber(claimedRhoPico), epsilon: epsilonFromRho(claimedRhoPico, DELTA) },
    samplesPerSide: last.samplesPerSide,
    measured: { distance: last.distance, rho: last.rho, epsilon: last.epsilon },
    distanceLimit: last.distanceLimit,
    durationS: Math.round((performance.now() - startedAtMs) / 100) / 10,
  };
  return { ran, line };
}
