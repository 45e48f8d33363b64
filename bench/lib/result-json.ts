import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** One figure. `target` is null where none was set; `met` then is null too. */
export type Row = {
  id: string;
  metric: string;
  value: number;
  unit: string;
  target: number | null;
  met: boolean | null;
};

/** A row whose target, if it has one, is a least value. */
export const atLeast = (row: Omit<Row, 'target' | 'met'>, target: number | null = null): Row => ({
  ...row,
  target,
  met: target === null ? null : row.value >= target,
});

/** A row whose target, if it has one, is a greatest value. */
export const atMost = (row: Omit<Row, 'target' | 'met'>, target: number | null = null): Row => ({
  ...row,
  target,
  met: target === null ? null : row.value <= target,
});

/** The commit measured, with a mark if the files differ from it; "unknown" outside a checkout. */
export function measuredCommit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', 'HEAD')}${changed ? '+changes' : ''}`;
  } catch {
    return 'unknown';
  }
}

export function writeResult(file: string, name: string, rows: readonly Row[]): void {
  writeFileSync(file, `${JSON.stringify({ name, commit: measuredCommit(), rows }, null, 2)}\n`);
}
