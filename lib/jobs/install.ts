import { PgBoss } from 'pg-boss';
import { DEAD_LETTERS, JOBS, type JobDefinition } from './definitions.ts';

/**
 * Makes or renews the queue's own tables (schema `pgboss`), its queues and schedules. Part of migrating: the processes
 * that run later need no right to change tables. Several at once wait for each other on pg-boss's own lock.
 */
export async function installJobs(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 1,
    application_name: 'fdlr-jobs-install',
    supervise: false,
    schedule: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
  // What fails here rejects as well; without a listener it would also end the process.
  boss.on('error', () => {});
  try {
    await boss.start();
    await boss.createQueue(DEAD_LETTERS, { retentionSeconds: DEAD_LETTERS_KEPT_S });
    for (const job of JOBS) await installQueue(boss, job);
    await dropOldSchedules(boss);
  } finally {
    await boss.stop();
  }
}

const DEAD_LETTERS_KEPT_S = 90 * 24 * 3600;

async function installQueue(boss: PgBoss, job: JobDefinition): Promise<void> {
  const options = {
    retryLimit: job.retries,
    retryDelay: job.firstRetryS,
    retryDelayMax: job.longestRetryS,
    retryBackoff: true,
    expireInSeconds: job.expireS,
    // What a scheduled job left undone, its next run does: not worth a person's attention for 90 days.
    ...(job.cron === undefined ? { deadLetter: DEAD_LETTERS } : {}),
  };
  await boss.createQueue(job.name, options);
  await boss.updateQueue(job.name, options);
  if (job.cron !== undefined) await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' });
}

async function dropOldSchedules(boss: PgBoss): Promise<void> {
  const scheduled = new Set<string>(JOBS.filter((job) => 'cron' in job).map((job) => job.name));
  for (const { name } of await boss.getSchedules()) if (!scheduled.has(name)) await boss.unschedule(name);
}
