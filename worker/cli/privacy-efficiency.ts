import { currentPeriod } from '#lib/budgets/current-period';
import { efficiencyOf, type MeasuredAccount } from '#lib/budgets/efficiency/efficiency-cache';
import { overallEfficiency } from '#lib/budgets/efficiency/overall-efficiency';
import { createPrisma } from '#lib/db/prisma';
import { cliEnv } from '#lib/env';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['privacy', 'efficiency'];

const HELP = `fdlr privacy efficiency [--period YEAR] [--database-url URL] [--json]

How tightly every account of a period was charged: the least epsilon that any accountant proves for all that was charged
for, as if it had run (demo history never ran), over the epsilon that was charged for it (privacy_budget_efficiency), and
the epsilon that the worst neighbours attain. The proof is for questions and lengths
fixed beforehand; the guarantee, however they are chosen, is that of the caps. It reads the ledger of all organisations
and changes nothing.

  --period YEAR        the calendar year (UTC) of the accounts; this one by default
  --database-url URL   the ledger's Postgres; DATABASE_URL by default
  --json               one object: {period, privacy_budget_efficiency, accounts: [...]}`;

export const privacyEfficiency: Command = {
  words: WORDS,
  summary:
    'How tightly each account was charged: the best proved bound of what was charged for, over the charge.',
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(WORDS, args, {
      period: { type: 'string' },
      'database-url': { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new UsageError('It takes no file. See fdlr privacy efficiency --help.');
    const period = values.period ?? currentPeriod(new Date());
    if (!/^\d{4}$/.test(period)) throw new UsageError('--period must be a year of four digits.');
    const url = values['database-url'] ?? cliEnv().DATABASE_URL;
    if (!url) throw new UsageError('Set DATABASE_URL, or name the database with --database-url.');
    const rows = await measurePeriod(url, period);
    process.stdout.write(`${values.json ? JSON.stringify(asJson(period, rows)) : report(period, rows)}\n`);
  },
};

type Row = {
  account: { id: string; kind: string; name: string; delta: string };
  organisation: string;
  measured: MeasuredAccount;
};

async function measurePeriod(url: string, period: string): Promise<Row[]> {
  if (!/^postgres(ql)?:\/\//.test(url)) throw new UsageError('The database must be a postgresql:// URL.');
  const db = createPrisma(url);
  try {
    const accounts = await db.account.findMany({
      where: { period },
      orderBy: [{ kind: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    });
    const ids = [...new Set(accounts.map(({ organisationId }) => organisationId))];
    const organisations = await db.organisation.findMany({ where: { id: { in: ids } } });
    const names = new Map(organisations.map(({ id, name }) => [id, name]));
    sayWhatTakesTime(accounts.length);
    const measured = await efficiencyOf(db, accounts);
    return accounts.map((account, i) => ({
      account,
      organisation: names.get(account.organisationId) ?? account.organisationId,
      measured: measured[i]!,
    }));
  } catch (error) {
    // Prisma's message spans lines and ends with the one that says what happened.
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new Error(`The ledger could not be read: ${reason}`, { cause: error });
  } finally {
    await db.$disconnect();
  }
}

/** To whoever waits before a terminal; a script reads neither this nor anything else on stderr. */
function sayWhatTakesTime(accounts: number): void {
  if (process.stderr.isTTY) process.stderr.write(`Composing what ${accounts} accounts were charged for …\n`);
}

function asJson(period: string, rows: readonly Row[]) {
  const { efficiency, accounts, atTarget } = overallEfficiency(rows.map((row) => row.measured));
  return {
    period,
    privacy_budget_efficiency: efficiency,
    charged: accounts,
    at_target: atTarget,
    accounts: rows.map(
      ({ account: { id, kind, name, delta }, organisation, measured: { efficiency: one } }) => ({
        id,
        kind,
        name,
        organisation,
        delta: Number(delta),
        charges: one.charges,
        draws: one.draws,
        unknown_charges: one.unknownCharges,
        charged_epsilon: one.chargedEpsilon,
        proven_epsilon: one.provenEpsilon,
        attained_epsilon: one.attainedEpsilon,
        proven_by: one.provenBy,
        privacy_budget_efficiency: one.efficiency,
        reason: one.reason,
      }),
    ),
  };
}

const REASONS = {
  few_draws: 'few draws: their losses end where their ranges do',
  loose_charge: 'what was charged for reveals less than its charge says',
};

function report(period: string, rows: readonly Row[]): string {
  const figure = (value: number) => value.toPrecision(4);
  const lines = rows
    .filter(({ measured }) => measured.efficiency.efficiency !== null)
    .map(({ account, organisation, measured: { efficiency: one } }) => [
      account.name,
      organisation,
      account.kind,
      String(one.charges),
      figure(one.chargedEpsilon),
      figure(one.provenEpsilon),
      figure(one.attainedEpsilon),
      one.provenBy,
      one.efficiency!.toFixed(3),
      one.reason ? REASONS[one.reason] : '',
    ]);
  const { efficiency, accounts, atTarget } = overallEfficiency(rows.map((row) => row.measured));
  if (efficiency === null) return `Nothing was charged in ${period}.`;
  return `${textTable([
    [
      'account',
      'organisation',
      'kind',
      'charges',
      'ε charged',
      'ε proven',
      'ε attained',
      'by',
      'efficiency',
      '',
    ],
    ...lines,
  ])}

privacy_budget_efficiency ${efficiency.toFixed(3)} over ${accounts} accounts charged in ${period}, each weighted by its charged ε; ${atTarget} at .85 or more.
Proven for questions and lengths fixed beforehand; the guarantee, however they are chosen, is that of the caps.
"by charge": no accountant proves less than was charged.`;
}
