import { type Job, type JobResult, PgBoss } from 'pg-boss';
import { JOBS, type JobDefinition, type JobName } from '#lib/jobs/definitions';
import { PermanentJobError } from '#lib/jobs/permanent-job-error';
import type { JobContext } from './context.ts';
import { HANDLERS, type Handlers } from './handlers.ts';

/** Its own few connections: jobs never wait for, or keep waiting, the debit path. */
const CONNECTIONS = 3;
const STOP_MS = 5_000;

/**
 * Works the queue in this process: jobs, schedules, expiry of jobs whose worker died. Several routers share it, each job
 * goes to one of them. The queue's tables were made by the migration. Returns a function that stops it.
 */
export async function startJobs(
  databaseUrl: string,
  context: JobContext,
  handlers: Handlers = HANDLERS,
): Promise<() => Promise<void>> {
  const { log } = context;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: CONNECTIONS,
    application_name: 'fdlr-jobs',
    migrate: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue had a fault; it goes on'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, `job queue: ${message}`));
  await boss.start();
  for (const definition of JOBS) {
    await boss.work(definition.name, { perJobResults: true, includeMetadata: true }, (jobs) =>
      Promise.all(jobs.map((job) => runJob(context, handlers, definition, job))),
    );
  }
  return () => boss.stop({ timeout: STOP_MS });
}

type Claimed = Job<unknown> & { retryLimit: number };

/** One attempt. What it throws is told apart here: `deadletter` ends it, `failed` is tried again while tries are left. */
async function runJob(
  context: JobContext,
  handlers: Handlers,
  definition: JobDefinition,
  job: Claimed,
): Promise<JobResult> {
  const log = context.log.child({ jobId: job.id, job: job.name });
  try {
    const payload = definition.payload.safeParse(job.data);
    if (!payload.success) throw new PermanentJobError('The payload is not what this job takes.');
    const handle = (await handlers[definition.name as JobName]()) as (
      context: JobContext,
      payload: unknown,
    ) => Promise<void>;
    await handle({ ...context, log }, payload.data);
    log.debug('job done');
    return { id: job.id, status: 'completed' };
  } catch (error) {
    const permanent = error instanceof PermanentJobError;
    const over = permanent || job.retryCount >= job.retryLimit;
    const attempt = job.retryCount + 1;
    if (over) log.error({ err: error, attempt, permanent }, 'job failed for good');
    else log.warn({ err: error, attempt }, 'job failed; it is tried again');
    // Kept in the row and shown to people: only our own words, never what a library said about an address.
    const message = permanent
      ? error.message
      : 'It failed each time it was tried; the log has it by the job id.';
    return { id: job.id, status: permanent ? 'deadletter' : 'failed', output: { message } };
  }
}
