import { z } from 'zod';
import { MASKINGS } from '#lib/secure-aggregation/masking-choice';

const parameters = z.object({
  masking: z.enum(MASKINGS).nullable().catch(null),
  maxCollude: z.int().nonnegative().nullable().catch(null),
});

/** How the sum was masked, as the reservation says; null where it says nothing, as before there were masks. */
export function maskingOf(json: unknown): z.output<typeof parameters> {
  return parameters.safeParse(json).data ?? { masking: null, maxCollude: null };
}
