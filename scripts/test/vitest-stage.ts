import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import type { Tools } from './run-tool.ts';
import { check, type Tally } from './tally.ts';

type Report = {
  numPassedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
};

/** Runs vitest projects side by side and counts from their report. Files that do not load and runs that break count as failed. */
export async function vitestStage(
  tools: Tools,
  ...projects: ('unit' | 'database' | 'integration')[]
): Promise<Tally> {
  const file = join(PROJECT_ROOT, '.cache', 'vitest.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const chosen = projects.flatMap((project) => ['--project', project]);
  const succeeded = await tools.stream('vitest', ['run', ...chosen, ...reporters]);
  if (!existsSync(file)) return check(false, 'vitest left no report');
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const failures = report.testResults.flatMap(failuresOf);
  if (failures.length === 0 && !succeeded) failures.push('vitest itself: see its output');
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** Failed tests of a file by name; of a file that did not load, the file. */
function failuresOf({ name, status, assertionResults }: Report['testResults'][number]): string[] {
  const file = relative(PROJECT_ROOT, name);
  const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [file];
  return failed.map(({ fullName }) => `${file}: ${fullName}`);
}
