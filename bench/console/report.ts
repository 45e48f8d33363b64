import { median } from '../lib/median.ts';
import { atMost, type Row } from '../lib/result-json.ts';
import { table } from '../lib/table.ts';
import type { PagesMeasured, PageVisits, SlowStatement } from './measure-pages.ts';
import { TARGETS } from './targets.ts';

const SHOWN_SQL = 240;
const yesNo = (met: boolean) => (met ? 'yes' : 'no');

function pageRows({ name, visits }: PageVisits): [interactive: Row, scripts: Row] {
  const interactiveMs = median(visits.map((visit) => visit.interactiveMs));
  const scriptBytes = Math.max(...visits.map((visit) => visit.scriptBytes));
  return [
    atMost(
      {
        id: `interactive${name}`,
        metric: `${name} interactive, cold cache`,
        value: interactiveMs,
        unit: 'ms',
      },
      TARGETS.interactiveMs,
    ),
    atMost(
      { id: `scripts${name}`, metric: `${name} first-load scripts, gzip`, value: scriptBytes, unit: 'bytes' },
      TARGETS.scriptBytes,
    ),
  ];
}

/** The slowest run of each statement over the limit, slowest first, with how often it was over. */
function overLimit(statements: readonly SlowStatement[]) {
  const found = new Map<string, SlowStatement & { times: number }>();
  for (const one of statements.filter(({ ms }) => ms > TARGETS.statementMs)) {
    const known = found.get(one.sql);
    const slowest = known && known.ms > one.ms ? known : one;
    found.set(one.sql, { ...slowest, times: (known?.times ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.ms - a.ms);
}

const describe = ({ ms, page, sql }: SlowStatement) =>
  `${ms.toFixed(1)} ms  ${page}  ${sql.length > SHOWN_SQL ? `${sql.slice(0, SHOWN_SQL)} ...` : sql}`;

/** Prints what was measured. Returns the figures. */
export function reportPages({ pages, statements }: PagesMeasured): Row[] {
  const measured = pages.map((page) => ({ page, rows: pageRows(page) }));
  console.log(
    table(
      ['page', 'role', 'median ms', 'worst ms', 'met', 'scripts, bytes gzip', 'met', 'fetched on their own'],
      measured.map(({ page, rows: [interactive, scripts] }) => [
        page.name,
        page.role,
        interactive.value.toFixed(0),
        Math.max(...page.visits.map((visit) => visit.interactiveMs)).toFixed(0),
        yesNo(interactive.met === true),
        scripts.value.toLocaleString('en'),
        yesNo(scripts.met === true),
        Math.max(...page.visits.map((visit) => visit.lazyScriptBytes)).toLocaleString('en'),
      ]),
    ),
  );
  const failures = pages.flatMap(({ name, visits }) =>
    visits.flatMap((visit) => visit.failures.map((failure) => `${name}: ${failure}`)),
  );
  for (const failure of new Set(failures)) console.log(`Failed: ${failure}`);
  const slowest = statements.toSorted((a, b) => b.ms - a.ms)[0];
  console.log(
    `\n${statements.length} statements. The slowest: ${slowest ? describe(slowest) : 'none was logged'}`,
  );
  const over = overLimit(statements);
  console.log(`${over.length} different statements over ${TARGETS.statementMs} ms${over.length ? ':' : '.'}`);
  for (const one of over) console.log(`  ${one.times} x, up to ${describe(one)}`);
  return [
    ...measured.flatMap(({ rows }) => rows),
    atMost({ id: 'failures', metric: 'failed requests of all pages', value: failures.length, unit: '' }, 0),
    atMost(
      {
        id: 'slowest-statement',
        metric: 'slowest SQL statement',
        value: slowest?.ms ?? Number.NaN,
        unit: 'ms',
      },
      TARGETS.statementMs,
    ),
  ];
}

/** Prints how long the demo takes to be seeded and to be brought back. Returns the figures. */
export function reportSeed(seedSeconds: number, resetSeconds: number): Row[] {
  const rows = [
    atMost({ id: 'seed', metric: 'demo history seeded', value: seedSeconds, unit: 's' }, TARGETS.seedSeconds),
    atMost(
      { id: 'reset', metric: 'demo history back by --reset', value: resetSeconds, unit: 's' },
      TARGETS.resetSeconds,
    ),
  ];
  console.log(
    table(
      ['step', 'seconds', 'target', 'met'],
      rows.map(({ metric, value, target, met }) => [
        metric,
        value.toFixed(1),
        String(target),
        yesNo(met === true),
      ]),
    ),
  );
  return rows;
}
