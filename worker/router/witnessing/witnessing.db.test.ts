import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import { parseCheckpoint, signHead } from '#lib/audit-log/checkpoint';
import { cosignedAt } from '#lib/audit-log/cosignature';
import { leafHash } from '#lib/audit-log/merkle';
import { newestHeads, noteOf } from '#lib/audit-log/read-heads';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { transaction } from '#lib/db/transaction';
import { type WitnessedLog, witnessedLog } from '../../testing/witnesses.ts';

let db: TestDatabase;
let log: WitnessedLog;
beforeEach(async () => {
  db = await testDatabase();
  log = await witnessedLog(db);
});
afterEach(async () => {
  log?.close();
  await db?.close();
});

const write = async (leaves = 1) => {
  for (let i = 0; i < leaves; i++) {
    await transaction(db.pool, (client) =>
      appendLeaf(client, { v: 1, atMs: 1, type: 'session.closed', by: randomUUID() }, null),
    );
  }
  await log.advance();
};
const head = async () => (await newestHeads(db.pool, 1))[0]!;
const signers = async () => {
  const note = noteOf(await head());
  return log.witnesses.filter(({ verifierKey }) => cosignedAt(note, verifierKey) !== null).length;
};
const leaves = (type: string) => db.prisma.auditLeaf.count({ where: { type } });
const alerts = () => db.prisma.alert.findMany({ where: { clearedAt: null }, orderBy: { code: 'asc' } });
const first = 0;

test('every node signs every head, over restarts of the router and of the nodes', async () => {
  await write(3);
  expect(await signers()).toBe(3);
  await write(5);
  await log.restart();
  await write(9);
  expect((await head()).size).toBe(17n);
  expect(await signers()).toBe(3);
  expect(await alerts()).toEqual([]);
  const seen = readFileSync(join(log.witnesses[first]!.folder, 'head'), 'utf8');
  expect(parseCheckpoint(seen).size).toBe(17n);
});

test('a node that is gone keeps nobody waiting, and catches up when it is back', async () => {
  await write(2);
  log.disconnect(log.witnesses[first]!.nodeId);
  await write(7);
  expect(await signers()).toBe(2);
  await log.restart();
  await log.advance();
  expect(await signers()).toBe(3);
});

test('a database that went back is refused by every node, raised once each, and kept as evidence', async () => {
  await write(6);
  await db.pool.query('DELETE FROM audit_cosignature');
  await db.pool.query('DELETE FROM audit_checkpoint');
  await db.pool.query('UPDATE audit_leaf SET index = NULL');
  await db.pool.query('DELETE FROM audit_node');
  await db.pool.query('DELETE FROM audit_leaf WHERE id IN (SELECT id FROM audit_leaf LIMIT 4)');
  await log.restart();
  await log.advance();
  await log.advance();
  expect(await signers()).toBe(0);
  expect((await alerts()).map(({ code, severity }) => [code, severity])).toEqual(
    Array.from({ length: 3 }, () => ['log_rollback', 'critical']),
  );
  expect(await leaves('log.witness_refused')).toBe(3);
  expect(await leaves('alert.raised')).toBe(3);
  const evidence = join(log.witnesses[first]!.folder, 'evidence');
  const kept = readdirSync(evidence).map((name) => JSON.parse(readFileSync(join(evidence, name), 'utf8')));
  expect(kept[0]).toMatchObject({ code: 'rollback' });
  expect(parseCheckpoint(kept[0].signed).size).toBe(6n);
  expect(parseCheckpoint(kept[0].offered).size).toBeLessThan(6n);

  // What it says of itself makes it longer than it was: another history, and still refused.
  await log.restart();
  await log.advance();
  expect(new Set((await alerts()).map(({ code }) => code))).toEqual(new Set(['log_rollback', 'log_fork']));
  expect(await signers()).toBe(0);
});

test('a database that goes back while nodes are connected is refused at once', async () => {
  await write(3);
  await write(3);
  await db.pool.query('DELETE FROM audit_cosignature WHERE tree_size > 3');
  await db.pool.query('DELETE FROM audit_checkpoint WHERE tree_size > 3');
  await db.pool.query('DELETE FROM audit_leaf WHERE index >= 3');
  await db.pool.query('DELETE FROM audit_node WHERE (index + 1) << level > 3');
  await log.advance();
  expect((await alerts()).map(({ code, facts }) => [code, facts])).toEqual(
    Array.from({ length: 3 }, () => [
      'log_rollback',
      { refusal: 'rollback', seenSize: '6', offeredSize: '3' },
    ]),
  );
});

test('another history of the same length is a fork; the log that the nodes signed is taken again', async () => {
  await write(4);
  const { rows } = await db.pool.query('SELECT level, index, hash FROM audit_node');
  const forged = leafHash(Buffer.from('another entry'));
  await db.pool.query('UPDATE audit_node SET hash = $1 WHERE level = 0 AND index = 1', [forged]);
  await db.pool.query('UPDATE audit_node SET hash = $1 WHERE level = 2', [forged]);
  // Not by the database alone: the log does not go on from hashes that its own head does not sign.
  await expect(write(1)).rejects.toThrow(/do not give its signed head of 4 entries/);
  const honest = (await head()).note;
  await db.pool.query('UPDATE audit_checkpoint SET root_hash = $1, note = $2 WHERE tree_size = 4', [
    forged,
    await signHead(log.signer, { size: 4n, root: forged }),
  ]);
  await log.restart();
  await write(4);
  expect(await signers()).toBe(0);
  expect((await alerts()).map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'log_fork'));

  for (const { level, index, hash } of rows)
    await db.pool.query('UPDATE audit_node SET hash = $3 WHERE level = $1 AND index = $2', [
      level,
      index,
      hash,
    ]);
  await db.pool.query('DELETE FROM audit_checkpoint WHERE tree_size > 4');
  await db.pool.query('UPDATE audit_checkpoint SET note = $1', [honest]);
  await db.pool.query('DELETE FROM audit_node WHERE index << level >= 4 OR (level > 2)');
  await db.pool.query('UPDATE audit_leaf SET index = NULL WHERE index >= 4');
  await log.restart();
  await log.advance();
  expect(await signers()).toBe(3);
  expect(await alerts()).toEqual([]);
  expect(await leaves('alert.cleared')).toBe(3);
});

test('a log under another key is refused', async () => {
  await write(1);
  for (const { folder } of log.witnesses)
    writeFileSync(join(folder, 'log-key'), 'fdlr/test+00000000+other\n');
  await log.restart();
  await write(1);
  expect(await signers()).toBe(0);
  expect((await alerts()).map(({ code }) => code)).toEqual(Array.from({ length: 3 }, () => 'witness_key'));
});

test('a witness whose memory is damaged does not start', async () => {
  await write(1);
  writeFileSync(join(log.witnesses[first]!.folder, 'head'), 'torn');
  await expect(log.restart()).rejects.toThrow(/damaged/);
});
