import { z } from 'zod';
import { reasonSchema } from '#lib/identity/reason';

/** Beyond this an epsilon promises nothing that anybody could name. */
export const MAX_EPSILON = 1000;
/** And below this one it lets nothing out, and reads as none. */
export const MIN_EPSILON = 0.001;
export const HOLDER_KINDS = ['dataset', 'organisation', 'department', 'user'] as const;

export const capEpsilonSchema = z.number().min(MIN_EPSILON).max(MAX_EPSILON);
const ofAccount = { accountId: z.uuid(), reason: reasonSchema };

/** What a person may propose. Caps are given in epsilon, at the account's own delta, and kept in rho, rounded down. */
export const proposeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    holderKind: z.enum(HOLDER_KINDS),
    ownerId: z.uuid(),
    period: z.string().regex(/^\d{4}$/),
    epsilon: capEpsilonSchema,
    reason: reasonSchema,
  }),
  z.strictObject({
    kind: z.literal('cap'),
    ...ofAccount,
    epsilon: capEpsilonSchema,
    /** The request for more that it answers. */
    increaseId: z.uuid().nullable(),
  }),
  z.strictObject({ kind: z.literal('freeze'), ...ofAccount }),
  z.strictObject({ kind: z.literal('thaw'), ...ofAccount }),
]);
export type Propose = z.output<typeof proposeSchema>;

/** Why somebody said yes or no. */
export const decideSchema = z.strictObject({ reason: reasonSchema });
export type Decide = z.output<typeof decideSchema>;
