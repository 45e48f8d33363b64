import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { config } from '../node/guard/test-round.ts';
import { keepOffered } from '../node/peers/offered-peers.ts';
import { nodePeers } from './node-peers.ts';
import { UsageError } from './usage-error.ts';

const peer = {
  nodeId: randomUUID(),
  name: 'Harbour',
  hospital: 'Harbour General',
  region: 'us-east-1',
  identityKey: 'ab'.repeat(32),
};
let dataDir: string;
let configFile: string;
let peersFile: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'fdlr-peers-'));
  configFile = join(dataDir, 'node.json');
  peersFile = join(dataDir, 'peers.json');
  writeFileSync(peersFile, '[]');
  writeFileSync(configFile, JSON.stringify({ ...config, dataDir, recordsDir: dataDir, peersFile }));
  await keepOffered(dataDir, [peer]);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true });
});

const peers = (...args: string[]) => nodePeers.run([...args, '--config', configFile]);
const pinned = () => JSON.parse(readFileSync(peersFile, 'utf8')).map(({ nodeId }: typeof peer) => nodeId);

test('a peer is pinned once its words were compared, and not by a script that says nothing', async () => {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  // A test's own thread has no terminal either.
  await expect(peers('add', peer.nodeId)).rejects.toThrow(UsageError);
  expect(pinned()).toEqual([]);
  await peers('add', peer.nodeId, '--yes');
  expect(pinned()).toEqual([peer.nodeId]);
  await expect(peers('add', peer.nodeId, '--yes')).rejects.toThrow('pinned already');
  // Nobody is left to pin: that is no failure.
  await peers('add', '--all', '--yes');
  expect(said).toHaveBeenLastCalledWith('All that the router has named are pinned.\n');
  await peers('remove', peer.nodeId);
  expect(pinned()).toEqual([]);
  await expect(peers('add', randomUUID(), '--yes')).rejects.toThrow('no such node');
});
