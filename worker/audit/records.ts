import { writeAnswerRecords } from './answer-records.ts';
import { ALL_COHORTS, type Cohort } from './scenario.ts';
import { writeVoteRecords } from './vote-records.ts';

const WRITE: Record<Cohort, (dataDir: string) => void> = {
  votes: (dataDir) => writeVoteRecords(dataDir, 'votes'),
  noise: (dataDir) => writeVoteRecords(dataDir, 'noise'),
  answers: writeAnswerRecords,
};

/** Fills the data folder's hospitals with records and shard keys, before they are seeded. */
export function writeAuditRecords(dataDir: string, cohorts: readonly Cohort[] = ALL_COHORTS): void {
  for (const cohort of cohorts) WRITE[cohort](dataDir);
}
