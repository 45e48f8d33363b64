import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseCheckpoint, signHead } from '#lib/audit-log/checkpoint';
import { newestHeads } from '#lib/audit-log/read-heads';
import { keyInMemory } from '#lib/crypto/key-custody';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import type { RouterContext } from '../router/context.ts';
import { LOG_PATH, serveAuditLog } from '../router/gateway/audit-log-routes.ts';
import { auditedLedger, rebuildHashes, writeFilling } from '../testing/audited-ledger.ts';
import { type WitnessedLog, witnessedLog } from '../testing/witnesses.ts';
import { type Asked, verifyEverything } from './log-verify-run.ts';

let db: TestDatabase;
let log: WitnessedLog;
let accountIds: string[];
beforeEach(async () => {
  db = await testDatabase();
  log = await witnessedLog(db);
  ({ accountIds } = await auditedLedger(db, log));
});
afterEach(async () => {
  log?.close();
  await db?.close();
});

const verify = (change: Partial<Asked> = {}) =>
  verifyEverything({
    url: null,
    databaseUrl: db.url,
    verifierKey: log.verifierKey,
    witnessKeys: log.witnesses.map(({ verifierKey }) => verifierKey),
    quorum: null,
    known: [],
    onProgress: () => {},
    ...change,
  });
const attacks = async (change: Partial<Asked> = {}) => [
  ...new Set((await verify(change)).findings.map(({ attack }) => attack)),
];
const details = async () => (await verify()).findings.map(({ detail }) => detail).join('\n');
const sql = (text: string, values: unknown[] = []) => db.pool.query(text, values);
/** The head as the first node keeps it. */
const lastSigned = () => readFileSync(join(log.witnesses[0]!.folder, 'head'), 'utf8');
const size = async () => (await newestHeads(db.pool, 1))[0]!.size;

/** The database of an earlier day: everything after `entries` was never written. */
async function goBackTo(entries: bigint): Promise<void> {
  await sql('DELETE FROM audit_cosignature WHERE tree_size > $1', [entries]);
  await sql('DELETE FROM audit_checkpoint WHERE tree_size > $1', [entries]);
  await sql('DELETE FROM audit_leaf WHERE index >= $1', [entries]);
  await sql('DELETE FROM audit_node WHERE (index + 1) << level > $1', [entries]);
}

test('an honest log and ledger hold, with what is set aside and what waits for its index', async () => {
  const verdict = await verify();
  expect(verdict.findings).toEqual([]);
  expect(verdict).toMatchObject({
    accounts: 3,
    checkpoints: 4,
    witnessed: { keys: 3, signed: 3, quorum: 2 },
  });
  expect(verdict.size).toBe(await size());
  await writeFilling(db.pool, 3);
  expect((await verify()).findings).toEqual([]);
});

describe('over HTTP, by anybody', () => {
  const served = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
    const app = Fastify();
    serveAuditLog(app, { pool: db.pool, signer: log.signer } as RouterContext);
    try {
      return await work(`${await app.listen({ host: '127.0.0.1', port: 0 })}${LOG_PATH}`);
    } finally {
      await app.close();
    }
  };

  test('the same log holds, with keys that are taken from it or named', async () => {
    await served(async (url) => {
      const alone = await verify({ url, databaseUrl: null, verifierKey: null, witnessKeys: [] });
      expect(alone.findings).toEqual([]);
      expect(alone).toMatchObject({
        keyPinned: false,
        witnessesPinned: false,
        accounts: null,
        checkpoints: 4,
      });
      expect(alone.witnessed).toEqual({ keys: 3, signed: 3, quorum: 2 });
      expect((await verify({ url })).findings).toEqual([]);
    });
  });

  test('altered, removed and reordered entries are named', async () => {
    await served(async (url) => {
      const named = () => attacks({ url, databaseUrl: null });
      await sql(`UPDATE audit_leaf SET entry = entry || '\\x20' WHERE index = 5`);
      expect(await named()).toEqual(['altered_leaf']);
      await sql('DELETE FROM audit_leaf WHERE index = 5');
      expect(await named()).toEqual(['removed_leaf']);
    });
  });

  test('a log under another key than the one that was pinned is forged', async () => {
    await served(async (url) => {
      const other = generateKeyPairSync('ed25519').privateKey;
      const impostor = { origin: log.signer.origin, key: keyInMemory(other) };
      await sql('UPDATE audit_checkpoint SET note = $1 WHERE tree_size = $2', [
        await signHead(impostor, (await newestHeads(db.pool, 1))[0]!),
        await size(),
      ]);
      expect(await attacks({ url, databaseUrl: null })).toContain('forged_checkpoint');
    });
  });
});

describe('what is done to entries is named', () => {
  test('an altered entry', async () => {
    await sql(`UPDATE audit_leaf SET entry = overlay(entry placing '\\x5b' from 1) WHERE index = 5`);
    expect(await attacks()).toContain('altered_leaf');
    expect(await details()).toContain('Entry 5 is not what the tree has');
  });

  test('an altered entry that cannot be read or counted', async () => {
    const { rows } = await sql('SELECT entry FROM audit_leaf WHERE index = 5');
    for (const text of [
      'null',
      '[]',
      '{"type":"ledger.reserve","requestId":"x"}',
      '{"type":"ledger.settle","requestId":"x","accounts":[{"accountId":"a","rhoPico":"1e3"}]}',
    ]) {
      await sql('UPDATE audit_leaf SET entry = $1 WHERE index = 5', [Buffer.from(text)]);
      expect(await attacks()).toContain('altered_leaf');
      expect(await details()).toContain('Entry 5 is not what the tree has');
    }
    await rebuildHashes(db.pool);
    expect(await attacks()).toContain('rewritten_history');
    expect(await details()).toContain('Entry 5 is no entry that this log writes');
    await sql('UPDATE audit_leaf SET entry = $1 WHERE index = 5', [rows[0].entry]);
    await rebuildHashes(db.pool);
    await writeFilling(db.pool, 1);
    await sql(`UPDATE audit_leaf SET entry = 'xx' WHERE index IS NULL`);
    expect(await attacks()).toEqual(['altered_leaf']);
    expect(await details()).toContain('which waits for its place, is not what was written');
  });

  test('an altered entry whose hashes were all made to fit', async () => {
    await sql(`UPDATE audit_leaf SET entry = entry || '\\x20' WHERE index = 5`);
    await rebuildHashes(db.pool);
    expect(await attacks()).toEqual(['rewritten_history']);
  });

  test('a removed entry', async () => {
    await sql('DELETE FROM audit_leaf WHERE index = 20');
    expect(await attacks()).toEqual(['removed_leaf']);
    expect(await details()).toContain('Entry 20 is missing');
  });

  test('a removed entry behind which all others moved up', async () => {
    await sql('DELETE FROM audit_leaf WHERE index = 20');
    await sql('UPDATE audit_leaf SET index = -index WHERE index > 20');
    await sql('UPDATE audit_leaf SET index = -index - 1 WHERE index < 0');
    expect(await attacks()).toEqual(['removed_leaf']);
    expect(await details()).toContain('Entry 20 is missing');
  });

  test('a removed entry whose hashes were all made to fit', async () => {
    await sql('DELETE FROM audit_leaf WHERE index = 20');
    await sql('UPDATE audit_leaf SET index = -index WHERE index > 20');
    await sql('UPDATE audit_leaf SET index = -index - 1 WHERE index < 0');
    await rebuildHashes(db.pool);
    expect(await attacks()).toEqual(['removed_leaf', 'rewritten_history']);
  });

  test('reordered entries', async () => {
    await sql('UPDATE audit_leaf SET index = -1 WHERE index = 30');
    await sql('UPDATE audit_leaf SET index = 30 WHERE index = 40');
    await sql('UPDATE audit_leaf SET index = 40 WHERE index = -1');
    expect(await attacks()).toEqual(['reordered_leaves']);
    expect(await details()).toContain('Entries 30, 40 are in the place of another');
  });

  test('a hash that proofs are made of', async () => {
    await sql('UPDATE audit_node SET hash = $1 WHERE level = 8', [Buffer.alloc(32, 9)]);
    expect(await attacks()).toEqual(['wrong_tile']);
  });
});

describe('what is done to a single table is named', () => {
  /** What is told of one statement, which is then undone. */
  const told = async (table: string, statement: string, values: unknown[] = []) => {
    await sql(`CREATE TABLE before AS TABLE ${table}`);
    await sql(statement, values);
    const { findings } = await verify();
    await sql(`DELETE FROM ${table}`);
    await sql(`INSERT INTO ${table} TABLE before`);
    await sql('DROP TABLE before');
    return findings.map(({ attack, detail }) => `${attack}: ${detail}`).join('\n');
  };
  const nines = Buffer.alloc(32, 9);

  test('hashes between the tiles, and hashes of no tree', async () => {
    const wrong = 'UPDATE audit_node SET hash = $1 WHERE level = 3 AND index = 2';
    expect(await told('audit_node', wrong, [nines])).toContain('wrong_tile: The stored hash 2 of level 3');
    const extra = 'INSERT INTO audit_node (level, index, hash) VALUES (9, 40, $1)';
    expect(await told('audit_node', extra, [nines])).toContain('1 stored hashes belong to no tree');
    expect((await verify()).findings).toEqual([]);
  });

  test('what stands beside an entry, and an entry outside the tree', async () => {
    const hash = 'UPDATE audit_leaf SET leaf_hash = $1 WHERE index = 5';
    expect(await told('audit_leaf', hash, [nines])).toContain('altered_leaf: Entry 5 is kept with a hash');
    const type = `UPDATE audit_leaf SET type = 'member.joined' WHERE index = 5`;
    expect(await told('audit_leaf', type)).toContain('altered_leaf: Entry 5 is kept with a type');
    await writeFilling(db.pool, 1);
    const stray = 'UPDATE audit_leaf SET index = 9999 WHERE index IS NULL';
    expect(await told('audit_leaf', stray)).toContain('altered_leaf: An entry stands at 9999');
  });

  test('what stands beside a head, and a head that is gone', async () => {
    const root = 'UPDATE audit_checkpoint SET root_hash = $1 WHERE tree_size = 3';
    expect(await told('audit_checkpoint', root, [nines])).toContain('The head kept for 3 entries is not');
    const size = 'UPDATE audit_checkpoint SET tree_size = 2 WHERE tree_size = 3';
    expect(await told('audit_checkpoint', size)).toContain('The head kept for 2 entries is not');
    const gone = 'DELETE FROM audit_checkpoint WHERE tree_size = 3';
    expect(await told('audit_checkpoint', gone)).toContain(
      "removed_head: Hospitals' nodes signed a head of 3 entries",
    );
  });

  test('entries of the ledger that are exchanged, invented or moved, and what an account was opened with', async () => {
    const [first] = accountIds;
    const exchanged = `UPDATE ledger_entry e SET request_id = o.request_id FROM ledger_entry o
      WHERE e.account_id = $1 AND o.account_id = $1 AND e.kind = 'settle' AND o.kind = 'settle' AND e.id <> o.id`;
    expect(await told('ledger_entry', exchanged, [first])).toMatch(
      /(balance_differs: The entries of request .* are not those that the log has of it\.\n?){2}/,
    );
    const invented = `INSERT INTO ledger_entry (id, request_id, account_id, kind, spent_delta_pico,
        reserved_delta_pico, mechanism, parameters)
      SELECT gen_random_uuid(), $2, $1, kind::entry_kind, 0, delta, 'vote', '{}'
      FROM (VALUES ('reserve', 9), ('release', -9)) AS made(kind, delta)`;
    const requestId = randomUUID();
    for (const accountId of [first, randomUUID()])
      expect(await told('ledger_entry', invented, [accountId, requestId])).toContain(
        `The entries of request ${requestId} are not`,
      );
    const facts = `UPDATE account SET delta = '0.5', period = '2099' WHERE id = $1`;
    const said = await told('account', facts, [first]);
    expect(said).toContain(`Account ${first} has delta 0.5; it was opened with`);
    expect(said).toContain(`Account ${first} has period 2099; it was opened with`);
  });
});

describe('what is done to heads is named', () => {
  test('one that the log did not sign', async () => {
    await sql(`UPDATE audit_checkpoint SET note = replace(note, E'\\n3\\n', E'\\n4\\n') WHERE tree_size = 3`);
    expect(await attacks()).toEqual(['forged_checkpoint']);
  });

  test('two of one size, both signed', async () => {
    const other = await signHead(log.signer, { size: 3n, root: Buffer.alloc(32, 1) });
    await sql('UPDATE audit_checkpoint SET note = $1, root_hash = $2 WHERE tree_size = 3', [
      other,
      Buffer.alloc(32, 1),
    ]);
    expect(await attacks()).toEqual(['fork']);
  });

  test('another one than somebody was shown', async () => {
    const shown = await signHead(log.signer, { size: 10n, root: Buffer.alloc(32, 1) });
    expect(await attacks({ known: [shown] })).toEqual(['fork']);
    expect(await attacks({ known: [lastSigned()] })).toEqual([]);
  });

  test('a forged head that somebody is said to have kept', async () => {
    expect(await attacks({ known: [lastSigned().replace('fdlr/test', 'fdlr/else')] })).toEqual([
      'forged_checkpoint',
    ]);
  });

  test('one that too few witnesses signed, or that carries a false signature', async () => {
    await sql('DELETE FROM audit_cosignature WHERE node_id <> $1', [log.witnesses[0]!.nodeId]);
    expect(await attacks()).toEqual(['unwitnessed']);
    expect(await attacks({ quorum: 1 })).toEqual([]);
    await sql(
      'UPDATE audit_cosignature SET line = (SELECT line FROM audit_cosignature WHERE tree_size = 3) WHERE tree_size > 3',
    );
    expect(await attacks({ quorum: 1 })).toEqual(['forged_checkpoint', 'unwitnessed']);
  });

  test('a witness that nobody pinned counts for nothing', async () => {
    const stranger = log.witnesses.slice(0, 1).map(({ verifierKey }) => verifierKey);
    expect((await verify({ witnessKeys: stranger })).witnessed).toEqual({ keys: 1, signed: 1, quorum: 1 });
  });
});

describe('a database that went back is named', () => {
  test('by a head that a node still has', async () => {
    const kept = lastSigned();
    await goBackTo(3n);
    await sql('DELETE FROM ledger_entry');
    await sql('UPDATE account SET spent_rho_pico = 0, reserved_rho_pico = 0');
    // Alone it looks like a log that is young.
    expect(await attacks()).toEqual([]);
    expect(parseCheckpoint(kept).size).toBeGreaterThan(3n);
    expect(await attacks({ known: [kept] })).toEqual(['rolled_back']);
  });

  test('by signatures that are left of what came after', async () => {
    await sql('DELETE FROM audit_checkpoint WHERE tree_size > 3');
    expect(await attacks()).toContain('rolled_back');
  });

  test('by the witnesses, as soon as they are shown it', async () => {
    await goBackTo(3n);
    await sql('DELETE FROM ledger_entry');
    await sql('UPDATE account SET spent_rho_pico = 0, reserved_rho_pico = 0');
    await log.restart();
    await log.advance();
    await log.advance();
    expect(await attacks()).toContain('rolled_back');
    expect(await details()).toContain('was shown one of 3');
  });
});

describe('what is done to balances is named', () => {
  test('spent, set aside, a cap, a state, an entry, an account', async () => {
    const [first, second, third] = accountIds;
    const restored = async (change: string, undo: string) => {
      await sql(change, [first]);
      const told = await verify();
      await sql(undo, [first]);
      return told.findings;
    };
    const steps: [string, string, RegExp][] = [
      [
        'spent_rho_pico = spent_rho_pico - 1',
        'spent_rho_pico = spent_rho_pico + 1',
        /has 10 pico-rho spent; its leaves say 11/,
      ],
      ['reserved_rho_pico = 0', 'reserved_rho_pico = 5', /has 0 pico-rho set aside; its leaves say 5/],
      ['cap_rho_pico = 5000', 'cap_rho_pico = 1000', /has a cap of 5000 pico-rho; the log says 1000/],
      [`state = 'frozen'`, `state = 'open'`, /is frozen; the log says open/],
    ];
    for (const [change, undo, expected] of steps) {
      const found = await restored(
        `UPDATE account SET ${change} WHERE id = $1`,
        `UPDATE account SET ${undo} WHERE id = $1`,
      );
      expect(new Set(found.map(({ attack }) => attack))).toEqual(new Set(['balance_differs']));
      expect(found.map(({ detail }) => detail).join('\n')).toMatch(expected);
    }
    await sql('DELETE FROM ledger_entry WHERE account_id = $1', [second]);
    expect(await details()).toContain(`Account ${second} has 11 pico-rho spent; its entries say 0`);
    await sql('DELETE FROM account WHERE id = $1', [third]);
    expect(await details()).toContain(`Account ${third} is in the log and not in the ledger`);
    await sql('UPDATE account SET id = $2 WHERE id = $1', [first, randomUUID()]);
    expect(await details()).toContain('was never opened in the log');
  });
});
