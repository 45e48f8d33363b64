import { ATTACKS } from '#lib/audit-log/verify/finding';
import type { Verdict } from './log-verify-run.ts';

/** So many of one kind are told: a log that was rewritten has thousands of the same. */
const MOST_OF_A_KIND = 5;

const grouped = new Intl.NumberFormat('en');

export function asJson(verdict: Verdict) {
  const { size, newerEntries, seconds, ...rest } = verdict;
  return {
    holds: verdict.findings.length === 0,
    size: String(size),
    newerEntries: String(newerEntries),
    ...rest,
    seconds: Number(seconds.toFixed(3)),
  };
}

/** The verdict in its first line, then what it rests on. */
export function report(verdict: Verdict): string {
  const { size, checkpoints, witnessed, accounts, findings, seconds } = verdict;
  const holds = findings.length === 0;
  const names = [...new Set(findings.map(({ attack }) => ATTACKS[attack]))];
  const lines = [
    holds ? 'The log holds.' : `The log does not hold: ${names.join(', ')}.`,
    ...toldOf(verdict),
    '',
    `${grouped.format(size)} entries and ${grouped.format(checkpoints)} heads, recomputed in ${seconds.toFixed(1)} s.`,
    `Signed by ${verdict.verifierKey.split('+')[0]}; the newest head witnessed by ${witnessed.signed} of ${witnessed.keys} hospitals' nodes (${witnessed.quorum} needed).`,
  ];
  if (verdict.newerEntries > 0n) {
    lines.push(`The last ${grouped.format(verdict.newerEntries)} entries are newer than that head.`);
  }
  if (accounts !== null) lines.push(`${grouped.format(accounts)} accounts compared with the log's entries.`);
  if (!verdict.keyPinned)
    lines.push(`The key is the log's own word. Keep it, and name it next time: --key ${verdict.verifierKey}`);
  if (!verdict.witnessesPinned) {
    lines.push(
      "The witnesses' keys are the log's own word. Ask the hospitals for theirs, and name them with --witness.",
    );
  }
  return lines.join('\n');
}

function toldOf({ findings }: Verdict): string[] {
  const byAttack = Map.groupBy(findings, ({ attack }) => attack);
  return [...byAttack].flatMap(([attack, all]) => {
    const told = all.slice(0, MOST_OF_A_KIND).map(({ detail }) => `  ${ATTACKS[attack]}: ${detail}`);
    const more = all.length - told.length;
    return more > 0 ? [...told, `  ${ATTACKS[attack]}: and ${grouped.format(more)} more`] : told;
  });
}
