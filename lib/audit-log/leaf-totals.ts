import { z } from 'zod';
import type { Database } from '#lib/db/prisma';

/** So many leaves are read by one statement: some 20 ms. */
const BATCH = 2000n;

const totalsSchema = z.array(z.object({ accountId: z.uuid(), spent: z.string().transform(BigInt) }));
const sizeSchema = z.tuple([z.object({ size: z.string().transform(BigInt) })]);

type Reader = Pick<Database, '$queryRaw'>;

/**
 * What the audit log's leaves say was charged to each account, in pico-rho. Integrated leaves never change, so each is
 * read once and its sums are kept; only what is new is read again. One instance a process.
 */
export class LeafTotals {
  readonly #charged = new Map<string, bigint>();
  #size = 0n;

  /** Leaves read so far. */
  get size(): bigint {
    return this.#size;
  }

  /** Reads the leaves that were integrated since the last time. Calls must not overlap. */
  async catchUp(db: Reader): Promise<void> {
    const [{ size }] = sizeSchema.parse(
      await db.$queryRaw`select (coalesce(max(index), -1) + 1)::text as size from audit_leaf`,
    );
    while (this.#size < size) {
      const end = this.#size + BATCH < size ? this.#size + BATCH : size;
      addTo(this.#charged, await readIntegrated(db, this.#size, end));
      this.#size = end;
    }
  }

  /** Charged to each account by every leaf there is, those that wait for their index among them. */
  async withWaiting(db: Reader): Promise<Map<string, bigint>> {
    const all = new Map(this.#charged);
    addTo(all, await readWaiting(db));
    return all;
  }
}

function addTo(sums: Map<string, bigint>, rows: z.output<typeof totalsSchema>): void {
  for (const { accountId, spent } of rows) sums.set(accountId, (sums.get(accountId) ?? 0n) + spent);
}

async function readIntegrated(db: Reader, from: bigint, end: bigint) {
  return totalsSchema.parse(
    await db.$queryRaw`
      select moved ->> 'accountId' as "accountId", sum((moved ->> 'rhoPico')::numeric)::text as spent
      from audit_leaf,
        lateral jsonb_array_elements(convert_from(entry, 'UTF8')::jsonb -> 'accounts') as moved
      where index >= ${from} and index < ${end} and type in ('ledger.settle', 'ledger.adjust')
      group by 1`,
  );
}

async function readWaiting(db: Reader) {
  return totalsSchema.parse(
    await db.$queryRaw`
      select moved ->> 'accountId' as "accountId", sum((moved ->> 'rhoPico')::numeric)::text as spent
      from audit_leaf,
        lateral jsonb_array_elements(convert_from(entry, 'UTF8')::jsonb -> 'accounts') as moved
      where index is null and type in ('ledger.settle', 'ledger.adjust')
      group by 1`,
  );
}
