import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '#lib/db/pool';
import { UnknownCommitError } from '#lib/db/transaction';
import { ConflictError, ExhaustedError } from '#lib/errors';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import { replay } from '#lib/ledger/replay';
import { ledgerNamed } from '#lib/ledger/testing/ledgers';
import { madeUpReservation, madeUpSettlement } from '#lib/ledger/testing/made-up-moves';
import { type Line, openJournal } from './journal.ts';

/**
 * A router as the ledger sees it, for the crash suite to kill: it charges what its former life left behind, sweeps what is
 * past its time, and debits for many callers at once. Each writes down what it was told, and asks again with the same key
 * where it was told nothing.
 */
export type LoadOptions = {
  databaseUrl: string;
  replica: string;
  /** Of testing/ledgers.ts. */
  ledger: string;
  journal: string;
  callers: number;
};
/** Which accounts to debit from now on. */
export type LoadOrder = { accountIds: string[] };
/** How many moves had a verdict, and how many none, since this process began. */
export type LoadReport = { told: number; unknown: number };

const SWEEP_MS = 200;
const PAUSE_MS = 25;
const HELD_MS = 1_500;
const BODY = Buffer.alloc(32, 1);

const {
  databaseUrl,
  replica,
  ledger: chosen,
  journal,
  callers,
} = JSON.parse(process.argv[2]!) as LoadOptions;
const pool = createPool(databaseUrl, 12);
const ledger = ledgerNamed(chosen).open(pool);
const { write } = openJournal(journal);
const report: LoadReport = { told: 0, unknown: 0 };
let accountIds: string[] = [];

/** Every other outcome means that the caller knows nothing. */
function verdictOf(error: unknown): string {
  if (error instanceof ExhaustedError) return 'refused';
  if (error instanceof ConflictError) return 'closed';
  return error instanceof UnknownCommitError
    ? 'unknown'
    : `error ${error instanceof Error ? error.message : error}`;
}

const isTold = (said: string) => said !== 'unknown' && !said.startsWith('error');

/** One move, written down before it is sent and when it is answered. */
async function tell(line: Omit<Line, 'said'>, send: () => Promise<string>): Promise<string> {
  write({ ...line, said: 'sent' });
  const said = await send().catch(verdictOf);
  write({ ...line, said });
  if (isTold(said)) report.told++;
  else report.unknown++;
  return said;
}

/** Asks until it is told: the database comes back. */
async function insist(send: () => Promise<string>): Promise<string> {
  for (;;) {
    const said = await send();
    if (isTold(said)) return said;
    await sleep(PAUSE_MS);
  }
}

async function replayed(id: string): Promise<string> {
  const found = await replay(pool, id, BODY);
  return found.state === 'failed' ? `failed ${found.charged ? 'charged' : 'free'}` : found.state;
}

async function ask(): Promise<void> {
  const amount = randomInt(1, 4);
  const id = randomUUID();
  const debited = accountIds.filter(() => randomInt(3) > 0);
  const [first] = accountIds;
  // The first is hot: everybody wants it.
  const reservation = madeUpReservation({
    requestId: id,
    bodyHash: BODY,
    rhoPico: BigInt(amount),
    accountIds: [...new Set([...debited, first!])],
    replica,
    reservedForMs: HELD_MS,
  });
  const reserve = () =>
    tell({ id, move: 'reserve', amount, charge: null }, () => ledger.reserve(reservation));
  const look = () => tell({ id, move: 'replay', amount, charge: null }, () => replayed(id));
  const told = await reserve();
  if (!isTold(told)) {
    // The caller tries again with its key. What it finds may be its own: then the reaper charges it.
    if ((await insist(reserve)) === 'exists') await insist(look);
    return;
  }
  if (told !== 'reserved') return;
  const ending = randomInt(10);
  if (ending === 0) return;
  const charge = ending < 4 ? randomInt(amount + 1) : null;
  const said =
    ending === 1
      ? await tell({ id, move: 'release', amount, charge: 0 }, async () => {
          await ledger.release(id, 'not_sent', 'Not sent.');
          return 'released';
        })
      : await tell({ id, move: 'settle', amount, charge }, async () => {
          const sealReply = () => Buffer.from(id);
          await ledger.settle(
            madeUpSettlement(id, { chargeRhoPico: charge === null ? null : BigInt(charge), sealReply }),
          );
          return 'settled';
        });
  if (!isTold(said)) await insist(look);
}

async function forever(work: () => Promise<unknown>, pauseMs: number): Promise<never> {
  for (;;) {
    await work().catch(() => {});
    await sleep(pauseMs);
  }
}

process.on('disconnect', () => process.exit());
process.on('message', (order: LoadOrder) => {
  ({ accountIds } = order);
});
// Before it takes anything, as a router that comes back does.
await insist(() => chargeAbandoned(pool, replica).then(() => 'charged', verdictOf));
process.send!({ ...report });
setInterval(() => process.send!({ ...report }), 50);
void forever(() => chargeAbandoned(pool, null), SWEEP_MS);
for (let i = 0; i < callers; i++) void forever(async () => accountIds.length > 0 && ask(), 1);
