import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { AuditedMechanism, PlantedBugResult } from '#lib/privacy/audit/report';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import type { AuditFederation } from './federation.ts';
import { federationPath } from './federation-path.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';
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
const MOST_FOR_BUG = 8_000;
const PILOT = 100;
/** Of the time, how much is for the mechanisms; bugs mostly need less than the rest. */
const MECHANISMS_SHARE = 0.7;
const LOG_EVERY_MS = 10_000;

type Results = { mechanisms: AuditedMechanism[]; plantedBugs: PlantedBugResult[] };

/** Attacks every mechanism over the real API, then every planted bug in the same way. */
export async function runAudit(federation: AuditFederation, options: AuditOptions): Promise<Results> {
  const { error, minutes } = options;
  const path = federationPath(federation);
  const results: Results = { mechanisms: [], plantedBugs: [] };
  const timeOf = (share: number) => (minutes === null ? 0 : minutes * 60_000 * share);

  for (const subject of SUBJECTS) {
    const endsAtMs = performance.now() + timeOf(MECHANISMS_SHARE / SUBJECTS.length);
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
  for (const { id, subject, stages } of PLANTED_BUGS) {
    const endsAtMs = performance.now() + timeOf((1 - MECHANISMS_SHARE) / PLANTED_BUGS.length);
    federation.plant(stages());
    const { ran, line } = await timed(subject, options.log, (onBatch) =>
      runSubject(path, subject, {
        error,
        pilot: PILOT,
        first: FIRST_LOOK_AT_BUG,
        most: MOST_FOR_BUG,
        isOver: () => minutes !== null && performance.now() > endsAtMs,
        onBatch,
      }),
    );
    federation.plant();
    results.plantedBugs.push({ ...line, bug: id, caught: ran.last.verdict === 'refuted' });
  }
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
