import { parseArgs } from 'node:util';
import { ensureGenerated } from '#lib/db/ensure-generated';
import { makeTestFolder, removeTestFolder } from '#lib/db/testing-leftovers';
import { startFragilePostgres } from '#lib/ledger/testing/fragile-postgres';
import { LEDGERS } from '#lib/ledger/testing/ledgers';
import { lineOf, runCrashes } from './suite.ts';

const HELP = `Usage: npm run crash -- [--minutes N]

Kills Postgres and two routers under load, cuts their connections at COMMIT, and holds what callers were told against
what the ledger holds after every round. Ten minutes unless told otherwise; Ctrl-C ends it after the round.`;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, help: { type: 'boolean', default: false } },
});
const minutes = Number(values.minutes);
if (values.help || !(minutes > 0)) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

await ensureGenerated();
let interrupted = false;
process.on('SIGINT', () => {
  interrupted = true;
});
const folder = makeTestFolder('postgres');
const postgres = await startFragilePostgres(folder);
const until = Date.now() + minutes * 60_000;
try {
  const rounds = await runCrashes({
    postgres,
    folder,
    ledgers: [LEDGERS[0]!.name, LEDGERS.at(-1)!.name],
    goesOn: () => !interrupted && Date.now() < until,
    onRound: (round, number) => {
      console.log(lineOf(round, number));
      for (const what of [...round.lost, ...round.wrong, ...round.faults]) console.log(`  ${what}`);
    },
  });
  const count = (of: 'told' | 'unknown') => rounds.reduce((sum, round) => sum + round[of], 0);
  const bad = rounds.reduce(
    (sum, { lost, wrong, faults }) => sum + lost.length + wrong.length + faults.length,
    0,
  );
  console.log(
    `${rounds.length - 1} rounds, ${count('told')} verdicts, ${count('unknown')} moves without one: ${bad} faults`,
  );
  process.exitCode = bad === 0 ? 0 : 1;
} finally {
  await postgres.stop();
  await removeTestFolder(folder);
}
