import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cliEnv } from '#lib/env';
import type { Command } from './command.ts';
import { distinctWitnesses, requireKey, requireQuorum } from './log-verify-options.ts';
import { asJson, report } from './log-verify-report.ts';
import { type Verdict, verifyEverything } from './log-verify-run.ts';
import { parseOptions } from './parse-options.ts';
import { progressBar } from './progress-bar.ts';
import { UnreadableLogError } from './unreadable-log-error.ts';
import { UsageError } from './usage-error.ts';

const WORDS = ['log', 'verify'];

const HELP = `fdlr log verify --url URL [--key VKEY] [--witness VKEY ...] [--quorum N] [--known FILE ...]
                [--database-url URL] [--json]

Reads the whole audit log and recomputes it: every entry's hash, the root of every head that was ever signed (so that each
continues the one before), the signatures of the log and of the hospitals' nodes that witness it. With a database it also
reads the log there, past the router, and holds every account's balance and entries against the log's entries, and the
hospitals' receipts against each other: a cohort whose members signed different rounds was lied to. It ends with
one verdict that names what does not hold: altered, removed or reordered entries, rewritten history, a forged head, a fork,
a log that was rolled back, a head that is not witnessed, a balance or receipts that differ, different rounds shown to the
hospitals of one request. Exit code 0: it holds.
1: it does not. 2: asked wrongly. 3: it could not be read, which says nothing of it.

  --url URL            the log's base URL, e.g. http://localhost:3001/v1/audit: anybody may read it
  --database-url URL   the ledger's Postgres as well, or alone (then --key is needed); DATABASE_URL if neither is given
  --key VKEY           the log's verifier key, as you learnt it earlier. Without it the log's own word is taken
  --witness VKEY       a witness's verifier key that you pinned; repeat it. Without any the log's own word is taken
  --quorum N           so many of them must have signed the newest head; more than half by default
  --known FILE         a head that you, or a hospital's node (its folder's witness/head), kept earlier; repeat it
  --json               one object: {holds, size, checkpoints, witnessed, accounts, findings: [{attack, detail}], ...}`;

export const logVerify: Command = {
  words: WORDS,
  summary: 'Recomputes the whole audit log, and the ledger from it, and says whether they hold.',
  help: HELP,
  async run(args) {
    const { values, positionals } = parseOptions(WORDS, args, {
      url: { type: 'string' },
      'database-url': { type: 'string' },
      key: { type: 'string' },
      witness: { type: 'string', multiple: true, default: [] },
      quorum: { type: 'string' },
      known: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0)
      throw new UsageError('It takes no file but with --known. See fdlr log verify --help.');
    const databaseUrl = values['database-url'] ?? (values.url ? undefined : cliEnv().DATABASE_URL);
    if (!values.url && !databaseUrl)
      throw new UsageError('Name the log with --url, or its database with --database-url.');
    if (values.url && !/^https?:\/\//.test(values.url))
      throw new UsageError('The log’s --url must be http:// or https://.');
    if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
      throw new UsageError('The database must be a postgresql:// URL.');
    if (!values.url && !values.key)
      throw new UsageError('The database does not hold the log’s key: name it with --key.');
    if (values.key !== undefined) requireKey(values.key, '--key');
    const witnessKeys = distinctWitnesses(values.witness);
    const quorum = values.quorum === undefined ? null : requireQuorum(values.quorum, witnessKeys.length);
    const bar = progressBar('entries');
    let verdict: Verdict;
    try {
      verdict = await verifyEverything({
        url: values.url ?? null,
        databaseUrl: databaseUrl ?? null,
        verifierKey: values.key ?? null,
        witnessKeys,
        quorum,
        known: values.known.map(readKnown),
        onProgress: bar.show,
      });
    } catch (cause) {
      throw new UnreadableLogError(cause);
    } finally {
      bar.done();
    }
    process.stdout.write(`${values.json ? JSON.stringify(asJson(verdict)) : report(verdict)}\n`);
    if (verdict.findings.length > 0) process.exitCode = 1;
  },
};

function readKnown(file: string): string {
  const path = resolve(cliEnv().INIT_CWD ?? '.', file);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read.`, { cause });
  }
}
