import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionActor } from '#lib/actor';
import { type TestDatabase, testDatabase } from '#lib/db/testing';
import { ForbiddenError } from '#lib/errors';
import { createHospital, createTenant, createUser } from '#lib/identity/testing/tenant';
import { needsOf } from '#lib/overview/needs';
import { firingAlerts } from './firing-alerts.ts';

let database: TestDatabase;
let dpo: SessionActor;
let clinician: SessionActor;
let foreign: SessionActor;
const nodeId = randomUUID();

beforeAll(async () => {
  database = await testDatabase();
  const db = database.prisma;
  const tenant = await createTenant(db);
  dpo = await createUser(db, tenant, 'dpo');
  clinician = await createUser(db, tenant, 'clinician');
  foreign = await createUser(db, await createTenant(db), 'auditor');
  const hospitalId = await createHospital(db, dpo.organisationId);
  const node = { id: nodeId, hospitalId, name: 'Node one', state: 'suspended' as const };
  await db.node.create({
    data: { ...node, shards: 1, lanes: 1, datasetId: randomUUID() },
  });
  const at = new Date('2026-11-01T00:00:00Z');
  const alert = (code: string, more: object) => ({ code, subjectId: nodeId, raisedAt: at, ...more });
  await db.alert.createMany({
    data: [
      alert('receipt_gap', { severity: 'warning', organisationId: dpo.organisationId }),
      alert('log_fork', { severity: 'critical' }),
      alert('log_rollback', { severity: 'critical', clearedAt: at }),
      alert('witness_key', { severity: 'critical', organisationId: foreign.organisationId }),
    ].map((data) => ({ id: randomUUID(), severity: 'critical' as const, ...data })),
  });
});
afterAll(() => database?.close());

describe('the alerts that fire', () => {
  it('are those of the own organisation and of everybody, the gravest first, with the name of the node', async () => {
    const found = await firingAlerts(database.prisma, dpo);
    expect(found.map(({ code, nodeName }) => [code, nodeName])).toEqual([
      ['log_fork', 'Node one'],
      ['receipt_gap', 'Node one'],
    ]);
  });

  it("are not another organisation's", async () => {
    const codes = (await firingAlerts(database.prisma, foreign)).map(({ code }) => code);
    expect(codes.toSorted()).toEqual(['log_fork', 'witness_key']);
  });

  it('are refused to those who oversee nothing', async () => {
    await expect(firingAlerts(database.prisma, clinician)).rejects.toThrow(ForbiddenError);
  });

  it('call for somebody on the overview', async () => {
    const needs = await needsOf(database.prisma, dpo, 1n);
    expect(needs.slice(0, 2)).toMatchObject([
      { kind: 'alert', name: 'log_fork', severity: 'critical' },
      { kind: 'alert', name: 'receipt_gap', severity: 'warning' },
    ]);
  });
});
