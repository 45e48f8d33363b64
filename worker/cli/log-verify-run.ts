import { setTimeout as sleep } from 'node:timers/promises';
import { ED25519, parseVerifierKey } from '#lib/audit-log/signed-note';
import { compareLedger } from '#lib/audit-log/verify/compare-ledger';
import { compareRounds } from '#lib/audit-log/verify/compare-rounds';
import { databaseSource } from '#lib/audit-log/verify/database-source';
import type { Finding } from '#lib/audit-log/verify/finding';
import { type Witnessed, witnessedBy } from '#lib/audit-log/verify/heads';
import { httpSource } from '#lib/audit-log/verify/http-source';
import { LedgerTally } from '#lib/audit-log/verify/ledger-tally';
import type { LogSource } from '#lib/audit-log/verify/log-source';
import { LoggedEntries } from '#lib/audit-log/verify/logged-entries';
import { type LogReport, verifyLog } from '#lib/audit-log/verify/verify-log';
import { createPool, type PoolClient } from '#lib/db/pool';

/** A head is published before every witness has signed it: so long is waited for a quorum. */
const WITNESS_WAIT_MS = 10_000;
const WITNESS_RETRY_MS = 500;

export type Asked = {
  url: string | null;
  databaseUrl: string | null;
  /** null: what the log itself says. */
  verifierKey: string | null;
  witnessKeys: readonly string[];
  /** null: more than half of the witnesses. */
  quorum: number | null;
  known: readonly string[];
  onProgress: (done: bigint, size: bigint) => void;
};

export type Verdict = Pick<LogReport, 'size' | 'checkpoints' | 'newerEntries'> & {
  verifierKey: string;
  /** Whether the reader named the keys, or the log did. */
  keyPinned: boolean;
  witnessesPinned: boolean;
  witnessed: Witnessed;
  /** How many accounts were compared; null without a database. */
  accounts: number | null;
  findings: Finding[];
  seconds: number;
};

/** Verifies the log where it is published, where it is stored, or both, and both against each other. */
export async function verifyEverything(asked: Asked): Promise<Verdict> {
  const startedMs = performance.now();
  const published = asked.url === null ? null : httpSource(asked.url);
  const verifierKey = asked.verifierKey ?? (await published!.verifierKey());
  // A page that is no key is not a log's, rather than a log that is forged.
  parseVerifierKey(verifierKey, ED25519);
  const keys = { ...asked, verifierKey };
  const overHttp = published && (await verifyPublished(published, keys));
  const inDatabase =
    asked.databaseUrl === null ? null : await verifyStored(asked.databaseUrl, keys, overHttp?.head ?? null);
  const log = overHttp ?? inDatabase!;
  const findings = new Map(
    [...(overHttp?.findings ?? []), ...(inDatabase?.findings ?? [])].map((one) => [
      `${one.attack} ${one.detail}`,
      one,
    ]),
  );
  return {
    size: log.size,
    checkpoints: log.checkpoints,
    newerEntries: log.newerEntries,
    witnessed: log.witnessed,
    verifierKey,
    keyPinned: asked.verifierKey !== null,
    witnessesPinned: asked.witnessKeys.length > 0,
    accounts: inDatabase?.accounts ?? null,
    findings: [...findings.values()],
    seconds: (performance.now() - startedMs) / 1000,
  };
}

type Keys = Asked & { verifierKey: string };

async function witnessesOf(source: LogSource, { witnessKeys, quorum }: Asked) {
  const keys = witnessKeys.length > 0 ? witnessKeys : await source.witnesses();
  return { witnessKeys: keys, quorum: quorum ?? Math.floor(keys.length / 2) + 1 };
}

async function verifyPublished(source: LogSource, asked: Keys) {
  const witnesses = await witnessesOf(source, asked);
  const head = await witnessedHead(source, witnesses);
  const { verifierKey, known, onProgress } = asked;
  const fixed = { ...source, head: async () => head };
  return { head, ...(await verifyLog(fixed, { verifierKey, known, onProgress, ...witnesses })) };
}

async function witnessedHead(
  source: LogSource,
  { witnessKeys, quorum }: { witnessKeys: readonly string[]; quorum: number },
): Promise<string | null> {
  const giveUpMs = performance.now() + WITNESS_WAIT_MS;
  for (;;) {
    const head = await source.head();
    const signed = head === null ? -1 : witnessedBy(head, witnessKeys, quorum).signed;
    if (signed >= quorum || performance.now() > giveUpMs) return head;
    await sleep(WITNESS_RETRY_MS);
  }
}

/** All of one moment: balances, entries and leaves of a ledger that goes on being written. */
async function verifyStored(databaseUrl: string, asked: Keys, publishedHead: string | null) {
  const pool = createPool(databaseUrl, 1);
  try {
    const client = await pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      return await verifySnapshot(client, asked, publishedHead);
    } finally {
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function verifySnapshot(client: PoolClient, asked: Keys, publishedHead: string | null) {
  const source = databaseSource(client);
  const tally = new LedgerTally();
  const logged = new LoggedEntries();
  const { verifierKey, onProgress } = asked;
  const report = await verifyLog(source, {
    verifierKey,
    onProgress,
    // What is published must be what is stored.
    known: publishedHead === null ? asked.known : [...asked.known, publishedHead],
    ...(await witnessesOf(source, asked)),
    onEvent: (event) => {
      tally.add(event);
      logged.add(event);
    },
  });
  const ledger = await compareLedger(client, tally, logged);
  const rounds = await compareRounds(client);
  return {
    ...report,
    accounts: ledger.accounts,
    findings: [...report.findings, ...ledger.findings, ...rounds],
  };
}
