import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { leavesAbout } from '#lib/identity/testing/leaves';
import { createTenant, createUser, type Tenant } from '#lib/identity/testing/tenant';
import { readHospitalsFile } from './hospitals-file.ts';
import { asTable, inviteAll } from './nodes-register.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
let database: TestDatabase;
let tenant: Tenant;
const email = (role: string) => `${role}-${tenant.organisationId}@example.org`;

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  tenant = await createTenant(db);
  await createUser(db, tenant, 'admin', { email: email('admin') });
  await createUser(db, tenant, 'dpo', { email: email('dpo') });
  await db.channelAuthority.create({
    data: { url: 'https://router.example:3003', caPem: 'pem', caFingerprint: 'ab'.repeat(32) },
  });
});
afterAll(() => database?.close());

const sitesOf = (...names: string[]) =>
  readHospitalsFile(
    `hospitals:\n${names
      .map(
        (name) =>
          `  - {id: ${name}, name: ${name}, regime: GDPR, region: eu-west-1, jurisdiction: Ireland, data_size: 10, compute_capacity: 2xCPU, compliance_level: GDPR}\n`,
      )
      .join('')}`,
  );
const names = (count: number) => Array.from({ length: count }, () => `h-${randomUUID().slice(0, 8)}`);
const invited = () => database.prisma.node.count({ where: { state: 'invited' } });

test('every site of a file is invited, each with a code of its own and its leaf', async () => {
  const before = await invited();
  const made = await inviteAll(
    database.prisma,
    ` ${email('admin').toUpperCase()}`,
    sitesOf(...names(3)),
    NOW,
  );
  expect(new Set(made.map(({ code }) => code)).size).toBe(3);
  expect(await invited()).toBe(before + 3);
  const leaves = await leavesAbout(database.prisma, made[0]!.nodeId);
  expect(leaves.map(({ type }) => type)).toContain('node.invited');
  // What is printed can be typed as it stands.
  const [, command = ''] = /^ {2}(npx .*)$/m.exec(asTable(made)) ?? [];
  expect(command.match(/--data/g)).toHaveLength(1);
  expect(command).toContain('--code CODE');
});

test('a file is all or none: a hospital that is known already invites nobody, and its line is named', async () => {
  const [known = '', fresh = ''] = names(2);
  await inviteAll(database.prisma, email('admin'), sitesOf(known), NOW);
  const before = await invited();
  const again = inviteAll(database.prisma, email('admin'), sitesOf(fresh, known), NOW);
  await expect(again).rejects.toThrow(/^Nobody was invited\.\nline 3: .*one of your hospitals already/);
  expect(await invited()).toBe(before);
});

test('whoever is no administrator, or nobody, invites nobody', async () => {
  const before = await invited();
  await expect(inviteAll(database.prisma, email('dpo'), sitesOf(...names(1)), NOW)).rejects.toMatchObject({
    status: 403,
  });
  await expect(inviteAll(database.prisma, 'nobody@example.org', sitesOf(...names(1)), NOW)).rejects.toThrow(
    'no active member',
  );
  expect(await invited()).toBe(before);
});
