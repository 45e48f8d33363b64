import { useQuery } from '@tanstack/react-query';
import { consoleApi } from '../console-api.ts';

const reply = async () => (await import('#lib/console-api/asking')).MODELS.reply;

/** The models the router offers. */
export function useModels() {
  return useQuery({
    queryKey: ['models'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await consoleApi('/api/console/models', reply, { signal })).models,
  });
}
