/** What held, what did not and what was left out; `failures` names what did not, where it has a name. */
export type Tally = { passed: number; failed: number; skipped: number; failures: string[] };

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** One check that either holds or does not. */
export function check(holds: boolean, name?: string): Tally {
  if (holds) return { ...NOTHING, passed: 1 };
  return { ...NOTHING, failed: 1, failures: name ? [name] : [] };
}

/** The last line of a run, for people and for what reads it. */
export const lastLine = ({ passed, failed, skipped }: Tally) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** What failed, by name, for who reads only the end of a run; nothing when all is well. */
export const failureLines = ({ failures }: Tally) =>
  failures.length === 0 ? [] : ['Failed:', ...failures.map((name) => `  ${name}`), ''];
