import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { judgeReport } from '#lib/privacy/audit/judge-report';
import { type AuditReport, auditReportSchema } from '#lib/privacy/audit/report';
import { HELP, parseArguments, UsageError } from './arguments.ts';
import { startAuditFederation } from './federation.ts';
import { InterruptedError, interruption, outliveReaders } from './interruption.ts';
import { openDatabase } from './open-database.ts';
import { printReport } from './print-report.ts';
import { runAudit } from './run-audit.ts';
import { ALL_COHORTS, COHORTS, HOSPITALS_ASKED } from './scenario.ts';
import { DELTA } from './subject.ts';

/** Chance that a line of the report is a false alarm. */
const ERROR = 1e-6;
const USAGE = 2;

/** `npm run audit`. */
outliveReaders();
const interrupted = interruption();
const log = (line: string) => process.stderr.write(`${line}\n`);
try {
  const options = parseArguments(process.argv.slice(2));
  if (options === undefined) process.stdout.write(`${HELP}\n`);
  else {
    const report = await audit(options.minutes);
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write(printReport(report));
    log(`Report written to ${options.out}`);
    process.exitCode = judgeReport(report).state === 'danger' ? 1 : 0;
  }
} catch (error) {
  if (error instanceof InterruptedError) {
    log(error.message);
    process.exitCode = error.exitCode;
  } else if (error instanceof UsageError) {
    log(`${error.message} See --help.`);
    process.exitCode = USAGE;
  } else throw error;
}
// Connections of the SDK are kept alive and would keep us too.
process.exit();

async function audit(minutes: number | null): Promise<AuditReport> {
  const startedAt = new Date();
  const endsAtMs = minutes === null ? null : performance.now() + minutes * 60_000;
  // What runs is what is loaded now, whatever is checked out meanwhile.
  const version = versionOf();
  const dataDir = mkdtempSync(join(tmpdir(), 'fdlr-audit-'));
  // Postgres's own account passes through to its cluster.
  chmodSync(dataDir, 0o711);
  log('Starting a federation of two neighbouring record sets');
  try {
    const results = await attack(dataDir, endsAtMs);
    return auditReportSchema.parse({
      v: 1,
      ...version,
      startedAt: startedAt.toISOString(),
      durationS: Math.round((Date.now() - startedAt.getTime()) / 1000),
      command: minutes === null ? 'npm run audit' : `npm run audit -- --minutes ${minutes}`,
      delta: DELTA,
      error: ERROR,
      hospitals: ALL_COHORTS.length * HOSPITALS_ASKED,
      shards: ALL_COHORTS.reduce(
        (sum, cohort) => sum + HOSPITALS_ASKED * COHORTS[cohort].shardsPerHospital,
        0,
      ),
      ...results,
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Each start is waited for, so that there is something to stop; only then a signal counts. */
async function attack(dataDir: string, endsAtMs: number | null) {
  const database = await openDatabase(dataDir);
  try {
    interrupted.throwIfIt();
    const federation = await startAuditFederation(database.url, dataDir);
    try {
      const running = runAudit(federation, { error: ERROR, endsAtMs, log });
      return await Promise.race([running, interrupted.rejection]);
    } finally {
      await federation.stop();
    }
  } finally {
    await database.stop();
  }
}

function versionOf(): { version: string; commit: string | null } {
  const root = new URL('../..', import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const described = spawnSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
    cwd: root,
    encoding: 'utf8',
  });
  return { version, commit: described.status === 0 ? described.stdout.trim() : null };
}
