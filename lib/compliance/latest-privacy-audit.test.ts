import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PrincipalActor, Role } from '#lib/actor';
import { ForbiddenError } from '#lib/errors';
import type { AuditReport } from '#lib/privacy/audit/report';
import { latestPrivacyAudit, readLatest } from './latest-privacy-audit.ts';

const report: AuditReport = {
  v: 1,
  version: '0.1.0',
  commit: null,
  startedAt: '2026-01-02T03:04:05.000Z',
  durationS: 60,
  command: 'npm run audit',
  delta: 1e-5,
  error: 1e-6,
  hospitals: 3,
  shards: 9,
  mechanisms: [],
  plantedBugs: [],
};
const older = { ...report, version: '0.0.9' };

let folder: string;
const place = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fdlr-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the report measured here goes before the one that came with the product', async () => {
  const own = place('own.json', JSON.stringify(report));
  const shipped = place('shipped.json', JSON.stringify(older));
  expect(await readLatest(own, shipped)).toEqual({ kind: 'found', source: 'own', report });
  expect(await readLatest(join(folder, 'none.json'), shipped)).toEqual({
    kind: 'found',
    source: 'shipped',
    report: older,
  });
  expect(await readLatest(undefined, join(folder, 'none.json'))).toEqual({ kind: 'none' });
});

test.each(['{', '[]', JSON.stringify({ ...report, delta: 2 }), JSON.stringify({ ...report, more: 1 })])(
  'a report that cannot be read is said to be one, and no older one is shown for it: %s',
  async (content) => {
    const shipped = place('shipped.json', JSON.stringify(older));
    expect(await readLatest(place('own.json', content), shipped)).toEqual({ kind: 'unreadable' });
  },
);

test('a report of more than a mebibyte is not read', async () => {
  const text = JSON.stringify(report);
  const padded = (bytes: number) => place('own.json', text.padEnd(bytes));
  expect(await readLatest(padded(1024 * 1024), 'none.json')).toMatchObject({ kind: 'found' });
  expect(await readLatest(padded(1024 * 1024 + 1), 'none.json')).toEqual({ kind: 'unreadable' });
});

test.each<Role>(['clinician', 'node_operator'])('a %s is refused', async (role) => {
  const actor = { kind: 'session', role, organisationId: 'here', userId: 'me' } as PrincipalActor;
  await expect(latestPrivacyAudit(actor)).rejects.toThrow(ForbiddenError);
});
