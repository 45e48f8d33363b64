import { compareRounds } from '#lib/audit-log/verify/compare-rounds';
import type { Finding } from '#lib/audit-log/verify/finding';
import type { TestFederation } from './federation.ts';

/** What `fdlr log verify` says of the hospitals' receipts, over the database alone. */
export async function roundFindings({ database }: TestFederation): Promise<Finding[]> {
  const client = await database.pool.connect();
  try {
    return await compareRounds(client);
  } finally {
    client.release();
  }
}
