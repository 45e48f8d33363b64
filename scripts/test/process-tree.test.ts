import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { processTree, stillRunning } from './process-tree.ts';

test('the tree holds what a child started, and what has ended no longer runs', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const grandchild = Number(chunk.toString());
  const tree = processTree(process.pid);
  expect(tree).toContain(child.pid);
  expect(tree).toContain(grandchild);

  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  expect(stillRunning([child.pid ?? 0, grandchild])).toEqual([grandchild]);
  process.kill(grandchild, 'SIGKILL');
});
