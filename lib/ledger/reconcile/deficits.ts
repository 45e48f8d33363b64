import type { AccountKind } from '../accounts.ts';

/** What the receipts of one node prove of one request. */
export type Proven = { requestId: string; datasetId: string; rhoPico: bigint };
/** What a request has charged to one account so far. */
export type Charged = {
  requestId: string;
  accountId: string;
  kind: AccountKind;
  ownerId: string;
  rhoPico: bigint;
  /**
   * The ledger's own moves say what it bears: the reservation stands on it and will be settled, or an answer was settled
   * on it, maybe at less than its receipts say (of a consensus that was refused, only the test was let go).
   */
  isDecided: boolean;
};
/** What an account still lacks of what receipts prove of a request. */
export type Deficit = { requestId: string; accountId: string; rhoPico: bigint };
/** Proved by receipts of a dataset that has no account to charge. */
export type Homeless = { requestId: string; datasetId: string; rhoPico: bigint };

/**
 * What has to be charged so that every account bears at least what receipts prove. A dataset's account bears what its
 * node's receipts say; the caller's accounts, known only from the request's own entries, what the node that let go most
 * says: every account is charged in full, never a share.
 * @param accountsOf accounts of a dataset to charge for a request whose entries are lost.
 */
export function deficitsOf(
  proven: readonly Proven[],
  charged: readonly Charged[],
  accountsOf: (datasetId: string) => readonly string[],
): { deficits: Deficit[]; homeless: Homeless[] } {
  const deficits: Deficit[] = [];
  const homeless: Homeless[] = [];
  const chargedOf = Map.groupBy(charged, ({ requestId }) => requestId);
  for (const [requestId, parts] of Map.groupBy(proven, (part) => part.requestId)) {
    const entries = chargedOf.get(requestId) ?? [];
    const lack = (accountId: string, rhoPico: bigint) => {
      const entry = entries.find((one) => one.accountId === accountId);
      const already = entry?.rhoPico ?? 0n;
      if (!entry?.isDecided && rhoPico > already)
        deficits.push({ requestId, accountId, rhoPico: rhoPico - already });
    };
    for (const [datasetId, own] of Map.groupBy(parts, (part) => part.datasetId)) {
      const rhoPico = own.reduce((sum, part) => sum + part.rhoPico, 0n);
      const named = entries.filter(({ kind, ownerId }) => kind === 'dataset' && ownerId === datasetId);
      const accounts = named.length > 0 ? named.map(({ accountId }) => accountId) : accountsOf(datasetId);
      if (accounts.length === 0) homeless.push({ requestId, datasetId, rhoPico });
      for (const accountId of accounts) lack(accountId, rhoPico);
    }
    const most = parts.reduce((max, { rhoPico }) => (rhoPico > max ? rhoPico : max), 0n);
    for (const { kind, accountId } of entries) if (kind !== 'dataset') lack(accountId, most);
  }
  return { deficits, homeless };
}
