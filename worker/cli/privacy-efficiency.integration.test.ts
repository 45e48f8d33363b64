import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { chargeAccount, createAccount, createTenant } from '#lib/identity/testing/tenant';
import { privacyEfficiency } from './privacy-efficiency.ts';
import { UsageError } from './usage-error.ts';

let database: TestDatabase;
let accountId: string;
let organisationName: string;

beforeAll(async () => {
  database = await testDatabase();
  const { organisationId } = await createTenant(database.prisma);
  organisationName = (await database.prisma.organisation.findUniqueOrThrow({ where: { id: organisationId } }))
    .name;
  accountId = await createAccount(database.prisma, organisationId, 'dataset', randomUUID(), '2026');
  await createAccount(database.prisma, organisationId, 'dataset', randomUUID(), '2025');
  await chargeAccount(database.prisma, accountId, randomUUID(), 433_000_000n);
});
afterAll(() => database.close());

/** Not spawnSync: the test server lives in this process's event loop. */
async function fdlr(...args: string[]) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), 'privacy', 'efficiency', ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exit = new Promise<number | null>((done) => child.on('exit', done));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { stdout, stderr, status };
}

describe('fdlr privacy efficiency', () => {
  it('prints every account of the period, and all together, as JSON', async () => {
    const { stdout, stderr, status } = await fdlr(
      '--json',
      '--period',
      '2026',
      '--database-url',
      database.url,
    );
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(JSON.parse(stdout)).toMatchObject({
      period: '2026',
      privacy_budget_efficiency: expect.closeTo(1, 2),
      charged: 1,
      accounts: [
        {
          id: accountId,
          kind: 'dataset',
          organisation: organisationName,
          charges: 1,
          unknown_charges: 1,
          charged_epsilon: expect.closeTo(0.1, 3),
        },
      ],
    });
  });

  it('prints a table, or that nothing was charged', async () => {
    const charged = await fdlr('--period', '2026', '--database-url', database.url);
    expect(charged.stdout).toContain(organisationName);
    expect(charged.stdout).toMatch(/^privacy_budget_efficiency 1\.000 over 1 accounts charged in 2026/m);
    const none = await fdlr('--period', '2025', '--database-url', database.url);
    expect(none).toMatchObject({ status: 0, stdout: 'Nothing was charged in 2025.\n' });
  });

  it('says in one line that the ledger cannot be read', async () => {
    const { status, stdout, stderr } = await fdlr('--database-url', 'postgresql://nobody@127.0.0.1:1/none');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^The ledger could not be read: .+\n$/);
  });

  it('refuses what is asked wrongly with exit code 2', async () => {
    const { status, stdout, stderr } = await fdlr('--period', 'now');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^--period must be a year/);
  });

  it.each([
    [['--database-url', 'file.db'], /^The database must be a postgresql:\/\/ URL/],
    [['ledger.json'], /^It takes no file/],
    [['--since', '3'], /Unknown option '--since'/],
  ])('refuses %j', async (args, message) => {
    const refused = privacyEfficiency.run(args);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });
});
