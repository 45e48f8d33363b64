import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#lib/log';
import { watchPeers } from './watch-peers.ts';

const quiet = createLogger('test');
quiet.level = 'silent';
let folder: string;
let file: string;
let changes: number;
let watch: ReturnType<typeof watchPeers<string[]>>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-peers-'));
  file = join(folder, 'peers.json');
  changes = 0;
  writeFileSync(file, '["a"]');
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as string[];
  watch = watchPeers(file, read, quiet, () => changes++, []);
});
afterEach(() => {
  watch.stop();
  rmSync(folder, { recursive: true });
});

test('a list that changes is heard', async () => {
  writeFileSync(file, '["a", "b"]');
  await expect.poll(watch.peers).toEqual(['a', 'b']);
  expect(changes).toBe(1);
});

test.each([
  ['taken away', () => rmSync(file)],
  ['broken', () => writeFileSync(file, '["a", ')],
])('a list that was %s pins nobody, and that is heard too', async (_, spoil) => {
  spoil();
  await expect.poll(watch.peers).toEqual([]);
  expect(changes).toBe(1);
  writeFileSync(file, '["c"]');
  await expect.poll(watch.peers).toEqual(['c']);
});
