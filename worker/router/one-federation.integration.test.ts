import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SMALL } from '../testing/federation.ts';
import { useOneFederation } from '../testing/one-federation.ts';

/**
 * What leaves a federation as it was, file by file. To start one takes as long as most of them, so they share it: each looks at
 * what changes while it asks. The last one stops its router.
 */
const FILES: Record<string, () => Promise<unknown>> = {
  'consensus.shared.test.ts': () => import('./consensus.shared.test.ts'),
  'openapi/replies.shared.test.ts': () => import('./openapi/replies.shared.test.ts'),
  'short-answers.shared.test.ts': () => import('./short-answers.shared.test.ts'),
  'private-answers.shared.test.ts': () => import('./private-answers.shared.test.ts'),
  'bad-input.shared.test.ts': () => import('./bad-input.shared.test.ts'),
  'nodes/probes.shared.test.ts': () => import('./nodes/probes.shared.test.ts'),
};

// Enough patients for nearly every shard to have an opinion, which a clear consensus needs.
useOneFederation({ ...SMALL, patientsPerHospital: 1_500 });

test('every shared file is among them', () => {
  const here = globSync('**/*.shared.test.ts', { cwd: import.meta.dirname });
  expect(here.sort()).toEqual(Object.keys(FILES).sort());
});

for (const [name, load] of Object.entries(FILES)) {
  describe(name, async () => {
    await load();
  });
}
