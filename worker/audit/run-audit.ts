import { epsilonFromRho } from '#lib/privacy/accounting/zcdp';
import type { AuditedMechanism, PlantedBugResult } from '#lib/privacy/audit/report';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { directAnswers } from './direct-answers.ts';
import type { AuditFederation } from './federation.ts';
import { federationPath } from './federation-path.ts';
import { NOISE_BUGS, noisyPath } from './noise-bugs.ts';
import type { Path } from './path.ts';
import { PLANTED_BUGS, tokensChargedOnce } from './planted-bugs.ts';
import { type Ran, runSubject } from './run-subject.ts';
import { DELTA, type Subject } from './subject.ts';
import { consensus, MARGIN_EPSILON, THRESHOLD_EPSILON } from './subjects/consensus.ts';
import { gaussianVote } from './subjects/gaussian-vote.ts';
import { retriedVote } from './subjects/retried-vote.ts';
import { shortAnswer } from './subjects/short-answer.ts';
import { twoVotes } from './subjects/two-votes.ts';
import { vote } from './subjects/vote.ts';
import { twoWordEngine } from './two-word-engine.ts';

/**
 * What `npm run audit` attacks: a vote at eta = 1, where few samples decide (privacy.md section 6); at twice that where
 * a sample takes several requests; else the least that is useful.
 */
export const SUBJECTS: readonly Subject[] = [
  vote(1),
  gaussianVote(1),
  retriedVote(2, 3),
  twoVotes(2),
  consensus('threshold', THRESHOLD_EPSILON),
  consensus('margin', MARGIN_EPSILON),
  shortAnswer(1),
];

export type AuditOptions = {
  /** Chance that one line of the report is a false alarm. */
  error: number;
  /** When to have come to an end, on performance.now()'s clock; null stops at the first whole look at each mechanism. */
  endsAtMs: number | null;
  log(line: string): void;
};

/** Samples a side of the first look at a mechanism, and the least that is taken though the time is over. */
const FIRST_LOOK = 500;
const LEAST = 60;
/** The same for a planted bug, and the most that it may need before it counts as missed. */
const FIRST_LOOK_AT_BUG = 125;
const MOST_FOR_BUG = 4_000;
const PILOT = 60;
const LOG_EVERY_MS = 10_000;

type Results = { mechanisms: AuditedMechanism[]; plantedBugs: PlantedBugResult[] };

/**
 * Attacks every planted bug over the real API, then every mechanism in the same way. Bugs take the samples they need,
 * however long that is on this machine; mechanisms share the time that is left then.
 */
export async function runAudit(federation: AuditFederation, options: AuditOptions): Promise<Results> {
  const { error, endsAtMs, log } = options;
  const path = federationPath(federation);
  const results: Results = { mechanisms: [], plantedBugs: [] };
  const attackBug = async (
    id: PlantedBugResult['bug'],
    subject: Subject,
    through: Path,
    most = MOST_FOR_BUG,
  ) => {
    const { ran, line } = await timed(subject, log, (onBatch) =>
      runSubject(through, subject, {
        error,
        pilot: PILOT,
        first: FIRST_LOOK_AT_BUG,
        most,
        onBatch,
      }),
    );
    results.plantedBugs.push({ ...line, bug: id, caught: ran.last.verdict === 'refuted' });
  };
  for (const { id, subject, stages } of PLANTED_BUGS) {
    log(`Planted: ${id}`);
    federation.plant(stages());
    await attackBug(id, subject, path);
    federation.plant();
  }
  const { id, subject, charge } = tokensChargedOnce;
  log(`Planted: ${id}`);
  await attackBug(id, subject, await directAnswers(federation.dataDir, { engine: twoWordEngine, charge }));
  for (const bug of NOISE_BUGS) {
    log(`Planted: ${bug.id}`);
    const { subject: noisy, most } = bug;
    await attackBug(bug.id, noisy, await noisyPath(federation.dataDir, bug), most);
  }

  for (const [number, subject] of SUBJECTS.entries()) {
    log(`Attacked: ${subject.id}`);
    const nowMs = performance.now();
    const overAtMs = endsAtMs === null ? null : nowMs + (endsAtMs - nowMs) / (SUBJECTS.length - number);
    const { ran, line } = await timed(subject, log, (onBatch) =>
      runSubject(path, subject, {
        error,
        pilot: PILOT,
        first: FIRST_LOOK,
        most: overAtMs === null ? FIRST_LOOK : Number.POSITIVE_INFINITY,
        isOver: () => overAtMs !== null && performance.now() > overAtMs,
        least: LEAST,
        onBatch,
      }),
    );
    results.mechanisms.push({ ...line, verdict: ran.last.verdict });
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
