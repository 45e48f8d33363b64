import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { alertsOf } from '#lib/alerts/firing-alerts';
import { checkHead } from '#lib/audit-log/check-head';
import type { LeafTotals } from '#lib/audit-log/leaf-totals';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { MISMATCHES_SQL } from '#lib/ledger/check-sums';
import type { PromiseCheck, PromiseReport } from './promise-checks.ts';

const mismatchesSchema = z.array(z.object({ accountId: z.uuid(), name: z.string() }));

/** `verifierKey`: the log's published key; null when it could not be fetched, and then the head is not checked. */
type Means = { totals: LeafTotals; verifierKey: string | null };

/**
 * Recomputes what the organisation was promised: no account above its cap, every balance the sum of its entries and of
 * what the audit log's leaves say, the log's head signed and complete, no critical alert firing. One snapshot of the database, so that a charge
 * that is written meanwhile is no violation. Calls must not overlap (see LeafTotals).
 */
export async function checkPromise(
  db: Database,
  actor: PrincipalActor,
  { totals, verifierKey }: Means,
  now = new Date(),
): Promise<PromiseReport> {
  const { organisationId } = actor;
  authorise(actor, 'overview.read', { kind: 'overview', organisationId });
  // Most leaves are read before the snapshot is taken, which then is held for milliseconds.
  await totals.catchUp(db);
  return db.$transaction(
    async (tx) => {
      const accounts = await tx.account.findMany({
        where: { organisationId },
        select: { id: true, name: true, capRhoPico: true, spentRhoPico: true, reservedRhoPico: true },
      });
      const mismatches = mismatchesSchema.parse(await tx.$queryRawUnsafe(MISMATCHES_SQL, organisationId));
      await totals.catchUp(tx);
      const charged = await totals.withWaiting(tx);
      const above = accounts.filter((row) => row.spentRhoPico + row.reservedRhoPico > row.capRhoPico);
      const unlogged = accounts.filter((row) => row.spentRhoPico !== (charged.get(row.id) ?? 0n));
      const checks: PromiseCheck[] = [
        check('caps', accounts.length, above),
        check(
          'sums',
          accounts.length,
          mismatches.map(({ accountId: id, name }) => ({ id, name })),
        ),
        check('leaves', Number(totals.size), unlogged),
      ];
      const alerts = await tx.alert.findMany({
        where: { AND: [alertsOf(organisationId), { severity: 'critical' }] },
        select: { id: true, code: true, clearedAt: true },
      });
      const firing = alerts.filter(({ clearedAt }) => clearedAt === null);
      checks.push(
        check(
          'alerts',
          alerts.length,
          firing.map(({ id, code }) => ({ id, name: code })),
        ),
      );
      if (verifierKey === null) {
        checks.push({ name: 'head', state: 'notMade', checked: 0, violations: [] });
      } else {
        const head = await checkHead(tx, verifierKey, now);
        const faults = head.faults.map((fault) => ({ id: fault, name: fault }));
        checks.push(check('head', Number(head.size), faults));
      }
      return { checkedAt: now, checks };
    },
    { isolationLevel: 'RepeatableRead', timeout: 20_000, maxWait: 10_000 },
  );
}

function check(
  name: PromiseCheck['name'],
  checked: number,
  found: { id: string; name: string }[],
): PromiseCheck {
  const violations = found.map(({ id, name: title }) => ({ id, name: title }));
  return { name, state: violations.length > 0 ? 'broken' : 'kept', checked, violations };
}
