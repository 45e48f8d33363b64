import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '#lib/db/prisma-cli';
import { ensureTestBrowser } from './chromium.ts';
import { startProduct } from './product.ts';
import type { Tools } from './run-tool.ts';
import { add, check, type Tally } from './tally.ts';

type Report = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

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
  return add(tests, check(faults.length === 0));
}

async function playwright(tools: Tools): Promise<Tally> {
  rmSync(REPORT, { force: true });
  const succeeded = await tools.stream('playwright', ['test']);
  if (!existsSync(REPORT)) return check(false);
  const { stats } = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  const tally = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
  return tally.failed === 0 && !succeeded ? add(tally, check(false)) : tally;
}
