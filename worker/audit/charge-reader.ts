import type { AuditFederation } from './federation.ts';
import type { Sample } from './subject.ts';

/**
 * What samples were charged, by the ledger: the sum over the requests of a sample of what they debited the audited
 * patient's dataset. The dearest sample counts as the claim, as a mechanism may charge some outcomes less.
 */
export class ChargeReader {
  readonly #federation: AuditFederation;
  #worst = 0n;

  constructor(federation: AuditFederation) {
    this.#federation = federation;
  }

  get worstRhoPico(): bigint {
    return this.#worst;
  }

  async add(samples: readonly Sample[]): Promise<void> {
    const { pool, datasetIds } = this.#federation;
    const { rows } = await pool.query<{ request: string; rho: string }>(
      `SELECT e.request_id AS request, sum(e.spent_delta_pico + e.reserved_delta_pico)::text AS rho
       FROM ledger_entry e JOIN account a ON a.id = e.account_id
       WHERE e.request_id = ANY($1::uuid[]) AND a.kind = 'dataset' AND a.owner_id = ANY($2::uuid[])
       GROUP BY e.request_id`,
      [samples.flatMap(({ requestIds }) => requestIds), datasetIds],
    );
    const charged = new Map(rows.map(({ request, rho }) => [request, BigInt(rho)]));
    for (const { requestIds } of samples) {
      const sum = requestIds.reduce((total, id) => total + (charged.get(id) ?? 0n), 0n);
      if (sum > this.#worst) this.#worst = sum;
    }
  }
}
