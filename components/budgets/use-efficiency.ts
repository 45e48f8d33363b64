import { useQuery } from '@tanstack/react-query';
import { consoleApi } from '../console-api.ts';

const definitions = () => import('#lib/console-api/efficiency');

/** How tightly one account was charged. `spentRho` is what it stood at when the page was made: a charge asks anew. */
export function useAccountEfficiency(accountId: string, spentRho: string) {
  return useQuery({
    queryKey: ['efficiency', accountId, spentRho],
    queryFn: ({ signal }) =>
      consoleApi(
        `/api/console/budgets/${accountId}/efficiency`,
        async () => (await definitions()).ACCOUNT_EFFICIENCY.reply,
        { signal },
      ),
  });
}

/** The same over all accounts of a year in view. */
export function usePeriodEfficiency(period: string, spentRho: string) {
  return useQuery({
    queryKey: ['efficiency', period, spentRho],
    queryFn: ({ signal }) =>
      consoleApi(
        `/api/console/budgets/efficiency?period=${period}`,
        async () => (await definitions()).PERIOD_EFFICIENCY.reply,
        { signal },
      ),
  });
}
