import {
  type AccountedCase,
  type AccountingCase,
  accountCase,
  readsMultiplierTwoWays,
} from '#lib/privacy/accounting/account-case';
import { parseCases } from '#lib/privacy/accounting/case-file';
import type { Command } from './command.ts';
import { parseOptions } from './parse-options.ts';
import { readJsonFile } from './read-json-file.ts';
import { textTable } from './text-table.ts';
import { UsageError } from './usage-error.ts';

const HELP = `fdlr privacy account FILE.json [--json]

Prints the epsilon of compositions by every accountant that applies: zCDP, RDP, privacy-loss distribution (PLD) and, for
Gaussians, the exact value. No figure is below what the events can really reveal, but for one column: RDP of Gaussians
alone under replace_one takes noise_multiplier over the sensitivity in use, not over one record's norm as all others do,
and is then below them. A note says so where it happens.

FILE holds {"cases": [CASE, ...]}, a list of cases, or one case:
  {"events": [{"type": "gaussian", "noise_multiplier": 2, "count": 10}], "delta": 1e-5}
A case may also name an "id", "adjacency" (add_or_remove_one, the default, or replace_one) and Renyi "orders" of up to
10000. PLD has no figure at a delta below 1e-11, or below what float error may add (4e-15 a run).
Events: gaussian, laplace {noise_multiplier}; poisson_gaussian, poisson_laplace {q, noise_multiplier};
discrete_gaussian {sigma, sensitivity}; discrete_laplace {noise_parameter, sensitivity};
exponential_mechanism {epsilon}; bounded_range {eta}; randomized_response {noise_parameter, num_buckets};
epsilon_delta {epsilon, delta}; zcdp {rho, xi}. Each may have a "count".

  --json   print {"cases": [{"id", "zcdp", "rdp", "pld", "exact"}]}, null where an accountant does not apply`;

const WORDS = ['privacy', 'account'];

export const privacyAccount: Command = {
  words: WORDS,
  summary: 'Epsilon of a list of mechanisms, by zCDP, RDP, PLD and exactly where that is known.',
  help: HELP,
  async run(args) {
    const { file, json } = parse(args);
    const cases = parsed(file, await readJsonFile(file));
    const results = cases.map((one) => accountCase(one));
    process.stdout.write(json ? `${JSON.stringify({ cases: results })}\n` : `${report(cases, results)}\n`);
    if (json && cases.some(readsMultiplierTwoWays)) process.stderr.write(`${TWO_READINGS}\n`);
  },
};

function parse(args: readonly string[]): { file: string; json: boolean } {
  const { values, positionals } = parseOptions(WORDS, args, { json: { type: 'boolean', default: false } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError('Name one file of events. See fdlr privacy account --help.');
  return { file, json: values.json };
}

function parsed(file: string, content: unknown): AccountingCase[] {
  try {
    return parseCases(content);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

function report(cases: readonly AccountingCase[], results: readonly AccountedCase[]): string {
  const epsilon = (value: number | null) => (value === null ? '-' : value.toPrecision(6));
  const rows = results.map((result, i) => {
    const { adjacency, delta, events } = cases[i]!;
    const runs = events.reduce((sum, event) => sum + event.count, 0);
    const figures = [result.zcdp, result.rdp, result.pld, result.exact].map(epsilon);
    return [result.id, adjacency, String(runs), String(delta), ...figures];
  });
  const table = textTable([
    ['case', 'adjacency', 'runs', 'delta', 'ε zCDP', 'ε RDP', 'ε PLD', 'ε exact'],
    ...rows,
  ]);
  return cases.some(readsMultiplierTwoWays) ? `${table}\n\n${TWO_READINGS}` : table;
}

const TWO_READINGS = `Gaussians alone under replace_one: noise_multiplier is over one record's norm, which a replaced record may move twice;
zCDP, PLD and exact count that. RDP takes the multiplier over the sensitivity in use, as dp_accounting's RdpAccountant
does, and is below the others: for the same reading, give it half the multiplier.`;
