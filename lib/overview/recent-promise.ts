import type { PrincipalActor } from '#lib/actor';
import { LeafTotals } from '#lib/audit-log/leaf-totals';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { checkPromise } from './check-promise.ts';
import type { PromiseReport } from './promise-checks.ts';

/** A report this young is shown again: everything is recomputed for it, and its age stands beside it. */
const FRESH_MS = 30_000;

/** The latest report of each organisation. One instance a process: it keeps what was read of the log. */
export class RecentPromise {
  readonly #totals = new LeafTotals();
  readonly #reports = new Map<string, PromiseReport>();
  readonly #fetchKey: () => Promise<string | null>;
  #verifierKey: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `fetchKey`: the log's published key, or null while it cannot be had. The first one is kept: it does not change. */
  constructor(fetchKey: () => Promise<string | null>) {
    this.#fetchKey = fetchKey;
  }

  /** Reads what the log holds already, so that the first look need not wait for a year of it. Shows nobody anything. */
  warmUp(db: Database): Promise<void> {
    const next = this.#last.then(() => this.#totals.catchUp(db));
    this.#last = next.catch(() => {});
    return next;
  }

  async report(db: Database, actor: PrincipalActor, now = new Date()): Promise<PromiseReport> {
    const { organisationId } = actor;
    authorise(actor, 'overview.read', { kind: 'overview', organisationId });
    // One after the other: the log's leaves are read once, and many viewers make no load.
    const next = this.#last.then(() => this.#fresh(db, actor, now));
    this.#last = next.catch(() => {});
    return next;
  }

  async #fresh(db: Database, actor: PrincipalActor, now: Date): Promise<PromiseReport> {
    const known = this.#reports.get(actor.organisationId);
    if (known && now.getTime() - known.checkedAt.getTime() < FRESH_MS) return known;
    this.#verifierKey ??= await this.#fetchKey();
    const means = { totals: this.#totals, verifierKey: this.#verifierKey };
    const report = await checkPromise(db, actor, means, now);
    // What could not be checked is tried again at the next look.
    if (report.checks.every((check) => check.state !== 'notMade')) {
      this.#reports.set(actor.organisationId, report);
    }
    return report;
  }
}
