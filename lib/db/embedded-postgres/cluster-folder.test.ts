import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseClusterFolder, existingClusterFolders } from './cluster-folder.ts';
import { nameOutsideFolder } from './outside-folder.ts';

/** Nobody's: it may enter what is open to all. */
const POSTGRES = { uid: 4_000_000, gid: 4_000_000 };

let folder: string;
let shared: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-cluster-'));
  shared = join(folder, 'var');
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A data folder that only its owner may enter. */
function closed(name: string): string {
  mkdirSync(join(folder, name), { mode: 0o700 });
  return join(folder, name, 'postgres');
}

function choose(wanted: string): string {
  const chosen = chooseClusterFolder(wanted, POSTGRES, (line) => said.push(line), shared);
  mkdirSync(chosen, { recursive: true });
  return chosen;
}

test('a cluster stays in a data folder that its account can enter, and under our own account anywhere', () => {
  const wanted = closed('data');
  expect(chooseClusterFolder(wanted, undefined, () => {}, shared)).toBe(wanted);
  for (const open of [folder, dirname(wanted)]) chmodSync(open, 0o711);
  expect(choose(wanted)).toBe(wanted);
  expect(said).toEqual([]);
});

test('elsewhere it goes outside, once, and is found there again', () => {
  const wanted = closed('data');
  const chosen = choose(wanted);
  expect(dirname(chosen)).toBe(shared);
  expect(choose(wanted)).toBe(chosen);
  expect(existingClusterFolders(wanted, shared)).toEqual([chosen]);
  expect(said).toEqual([`Postgres's account cannot reach ${wanted}: its data goes to ${chosen}.`]);
});

test('a new data folder at the path of a deleted one gets a new cluster, and hears of the old', () => {
  const wanted = closed('data');
  const former = choose(wanted);
  rmSync(dirname(wanted), { recursive: true });
  closed('data');
  expect(choose(wanted)).not.toBe(former);
  expect(said[1]).toBe(
    `${former} holds the Postgres data of an earlier ${dirname(wanted)}. Delete it if nobody needs it.`,
  );
});

test('a data folder that was moved keeps its cluster; a copy of one gets neither the cluster nor its removal', () => {
  const chosen = choose(closed('data'));
  renameSync(join(folder, 'data'), join(folder, 'moved'));
  const moved = join(folder, 'moved', 'postgres');
  expect(choose(moved)).toBe(chosen);
  cpSync(join(folder, 'moved'), join(folder, 'copy'), { recursive: true });
  const copy = join(folder, 'copy', 'postgres');
  expect(() => choose(copy)).toThrow(/copy is a copy of .*moved, and both name the same Postgres cluster/);
  expect(existingClusterFolders(copy, shared)).toEqual([]);
  expect(existsSync(chosen)).toBe(true);
});

test('a name that could lead anywhere is refused', () => {
  const wanted = closed('data');
  nameOutsideFolder(wanted, shared);
  cpSync(import.meta.filename, `${wanted}.elsewhere`);
  expect(() => existingClusterFolders(wanted, shared)).toThrow('is damaged');
});
