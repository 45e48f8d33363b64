import { useQuery } from '@tanstack/react-query';
import { type Verdict, verifyInclusion } from '#lib/audit-log/browser/verify-inclusion';
import type { CheckableProof } from '#lib/requests/router-replies';
import { consoleApi } from '../console-api.ts';

const reply = async () => (await import('#lib/console-api/asking')).PROOF.reply;

/** A leaf is taken into the log within a second or so. */
const RECHECK_MS = 2_000;

type Found = { status: 'found'; proof: CheckableProof; verdict: Verdict };

/** Downloads a leaf's inclusion proof and checks it here: what the console says about it does not count. */
export function useLeafCheck(requestId: string, leafHash: string) {
  return useQuery({
    queryKey: ['leaf-check', requestId, leafHash],
    queryFn: async ({ signal }): Promise<Found | { status: 'pending' }> => {
      const path = `/api/console/requests/${requestId}/proof/${leafHash}`;
      const proof = await consoleApi(path, reply, { signal });
      if (proof.status === 'pending') return proof;
      return { status: 'found', proof, verdict: await verifyInclusion({ ...proof, leafHash }) };
    },
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? RECHECK_MS : false),
  });
}
