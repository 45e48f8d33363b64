import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { ensureTestBrowser } from './chromium.ts';
import { startProduct } from './product.ts';
import type { Tools } from './run-tool.ts';
import { add, check, type Tally } from './tally.ts';

type Suite = { suites?: Suite[]; specs: { file: string; line: number; title: string; ok: boolean }[] };
type Report = Suite & { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

const CACHE = join(PROJECT_ROOT, '.cache');
const REPORT = join(CACHE, 'playwright.json');

/** The browser tests against the product as it starts for an operator, and whether its stop leaves anything behind. */
export async function e2eStage(tools: Tools): Promise<Tally> {
  ensureTestBrowser();
  const product = await startProduct(tools.folder);
  writeFileSync(join(CACHE, 'e2e-demo.json'), `${product.line}\n`, { mode: 0o600 });
  const tests = await playwright(tools);
  const faults = await product.stop();
  for (const fault of faults) console.log(fault);
  return add(tests, check(faults.length === 0, faults.join(' ')));
}

async function playwright(tools: Tools): Promise<Tally> {
  rmSync(REPORT, { force: true });
  const succeeded = await tools.stream('playwright', ['test']);
  if (!existsSync(REPORT)) return check(false, 'playwright left no report');
  const { stats, ...report } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  const tally = {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: failuresOf(report),
  };
  return tally.failed === 0 && !succeeded ? add(tally, check(false, 'playwright itself')) : tally;
}

function failuresOf({ suites = [], specs = [] }: Partial<Suite>): string[] {
  const own = specs.filter(({ ok }) => !ok).map(({ file, line, title }) => `e2e/${file}:${line}: ${title}`);
  return [...own, ...suites.flatMap(failuresOf)];
}
