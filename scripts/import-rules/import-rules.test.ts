import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURE = fileURLToPath(new URL('./fixture', import.meta.url));
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

type Cruise = { summary: { violations: { from: string; to: string; rule: { name: string } }[] } };

/** "rule: file" of everything dependency-cruiser holds against the fixture. */
function violations(): string[] {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, 'app', 'components', 'lib', 'worker', '--config', CONFIG, '--output-type', 'json'];
  const run = spawnSync(process.execPath, args, { cwd: FIXTURE, encoding: 'utf8' });
  const { summary } = JSON.parse(run.stdout) as Cruise;
  return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`).sort();
}

test('each rule catches the file that breaks it, and a type-only import is let through', () => {
  expect(violations()).toEqual([
    'app-without-worker: app/starts-worker.ts',
    'components-without-server-code: components/table.ts',
    'lib-stays-below: lib/reaches-up.ts',
    'no-circular: lib/goes-round-again.ts',
    'no-test-helpers-in-the-product: lib/ships-tests.ts',
    'resolvable: lib/dangles.ts',
    'sql-in-few-places: lib/budgets/own-sql.ts',
    'worker-parts-share-only-lib: worker/router/main.ts',
    'worker-without-console: worker/node/main.ts',
  ]);
});

test('the rules that the test above breaks are all the rules there are', () => {
  const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] };
  const broken = new Set(violations().map((violation) => violation.split(':')[0]));
  expect([...broken].sort()).toEqual(forbidden.map(({ name }) => name).sort());
});
