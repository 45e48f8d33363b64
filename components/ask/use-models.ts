import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { consoleApi } from '../console-api.ts';

const modelsSchema = z.object({ models: z.array(z.string()) });

/** The models the router offers. */
export function useModels() {
  return useQuery({
    queryKey: ['models'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await consoleApi('/api/console/models', modelsSchema, { signal })).models,
  });
}
