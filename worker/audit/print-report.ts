import type { AuditReport } from '#lib/privacy/audit/report';

/** The report as a table for a terminal. */
export function printReport({ mechanisms, plantedBugs, delta, error }: AuditReport): string {
  const rows = [
    ['', 'samples a side', 'claimed rho', 'proved rho', 'claimed eps', 'proved eps', 'verdict'],
    ...mechanisms.map((line) => [line.subject, ...figures(line), verdicts[line.verdict]]),
    ...plantedBugs.map((line) => [`bug: ${line.bug}`, ...figures(line), line.caught ? 'caught' : 'MISSED']),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  return `${table.join('\n')}\n\nepsilon at delta ${delta}; a line is a false alarm with probability at most ${error}\n`;
}

const verdicts = { not_refuted: 'not refuted', refuted: 'REFUTED' };

function figures(line: AuditReport['mechanisms'][number] | AuditReport['plantedBugs'][number]): string[] {
  return [
    String(line.samplesPerSide),
    line.claimed.rho.toFixed(4),
    line.measured.rho.toFixed(4),
    line.claimed.epsilon.toFixed(2),
    line.measured.epsilon.toFixed(2),
  ];
}
