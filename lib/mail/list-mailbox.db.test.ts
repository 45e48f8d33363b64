import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import { type TestDatabase, testDatabase } from '../db/testing.ts';
import { ForbiddenError } from '../errors.ts';
import { createTenant, createUser, type Tenant } from '../identity/testing/tenant.ts';
import { listMailbox } from './list-mailbox.ts';

let database: TestDatabase;
let tenant: Tenant;
let admin: SessionActor;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  tenant = await createTenant(database.prisma);
  admin = await createUser(database.prisma, tenant, 'admin', { email: 'admin@here.example' });
  folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

const mail = (to: string) => `To: ${to}\nSubject: A place\n\nYour link`;

it("shows an administrator the mails to their organisation's people only", async () => {
  await createUser(database.prisma, await createTenant(database.prisma), 'admin', {
    email: 'admin@elsewhere.example',
  });
  await writeFile(join(folder, 'one.eml'), mail('Admin@here.example'));
  await writeFile(join(folder, 'two.eml'), mail('admin@elsewhere.example'));
  await writeFile(join(folder, 'three.eml'), 'broken');
  await writeFile(join(folder, 'four.txt'), mail('admin@here.example'));
  expect(await listMailbox(database.prisma, admin, folder)).toMatchObject({
    mails: [{ file: 'one.eml', subject: 'A place', text: 'Your link' }],
    unreadable: 1,
  });
});

it('is refused to everybody else, and empty without a folder', async () => {
  for (const role of ['dpo', 'auditor', 'clinician', 'node_operator', 'compliance_officer'] as const) {
    const actor = await createUser(database.prisma, tenant, role);
    await expect(listMailbox(database.prisma, actor, folder)).rejects.toThrow(ForbiddenError);
  }
  expect(await listMailbox(database.prisma, admin, join(folder, 'none'))).toEqual({
    mails: [],
    unreadable: 0,
  });
});
