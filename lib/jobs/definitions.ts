import { z } from 'zod';

/** A kind of work done apart from the request that asked for it. Payloads carry ids only: a row can be read for days. */
export type JobDefinition<Payload extends z.ZodType = z.ZodType> = {
  /** Also the name of its queue. */
  name: string;
  payload: Payload;
  /** Tries after the first, for failures that may pass. The wait doubles from `firstRetryS` to `longestRetryS`. */
  retries: number;
  firstRetryS: number;
  longestRetryS: number;
  /** An attempt that takes longer counts as failed. */
  expireS: number;
  /** Times at which the queue itself asks for it (UTC), for work that nobody asks for. */
  cron?: string;
};

const nothing = z.strictObject({});

/** What there is to tell: of a change (`id` is its), or of a request for more and the change it led to. */
export const DECISION_NEWS = ['proposed', 'decided', 'asked', 'answered', 'settled'] as const;
export type DecisionNews = (typeof DECISION_NEWS)[number];

/**
 * What can become of somebody's second factor; the first three are their own doing, as far as the console can tell, the
 * last two that of whoever gave their password and then wrong codes.
 */
export const FACTOR_NEWS = [
  'added',
  'removed',
  'recovery_codes',
  'reset',
  'held_back',
  'codes_ended',
] as const;
export type FactorNews = (typeof FACTOR_NEWS)[number];

/** The mail that carries the link of an invitation. */
export const INVITATION_MAIL = {
  name: 'mail.invitation',
  payload: z.strictObject({ invitationId: z.uuid() }),
  retries: 8,
  firstRetryS: 10,
  longestRetryS: 3600,
  expireS: 60,
} as const satisfies JobDefinition;

/** Tells one person that a decision about a budget waits for them, or what became of theirs. */
export const DECISION_MAIL = {
  name: 'mail.decision',
  payload: z.strictObject({ about: z.enum(DECISION_NEWS), id: z.uuid(), userId: z.uuid() }),
  retries: 8,
  firstRetryS: 10,
  longestRetryS: 3600,
  expireS: 60,
} as const satisfies JobDefinition;

/** Tells a person what became of their second factor, whoever did it. `id` is of this one piece of news. */
export const FACTOR_MAIL = {
  name: 'mail.second-factor',
  payload: z.strictObject({ about: z.enum(FACTOR_NEWS), id: z.uuid(), userId: z.uuid() }),
  retries: 8,
  firstRetryS: 10,
  longestRetryS: 3600,
  expireS: 60,
} as const satisfies JobDefinition;

/** Stored answers past their 24 hours. The next minute does what this one could not. */
export const FORGET_ANSWERS = {
  name: 'ledger.forget-answers',
  payload: nothing,
  retries: 0,
  firstRetryS: 1,
  longestRetryS: 1,
  expireS: 55,
  cron: '* * * * *',
} as const satisfies JobDefinition;

/** Rows that nobody needs any more: sessions, sign-in attempts, probes. */
export const HOUSEKEEPING = {
  name: 'housekeeping',
  payload: nothing,
  retries: 2,
  firstRetryS: 60,
  longestRetryS: 600,
  expireS: 300,
  cron: '23 * * * *',
} as const satisfies JobDefinition;

export const JOBS = [INVITATION_MAIL, DECISION_MAIL, FACTOR_MAIL, FORGET_ANSWERS, HOUSEKEEPING] as const;
export type AnyJob = (typeof JOBS)[number];
export type JobName = AnyJob['name'];
export type PayloadOf<N extends JobName> = z.output<Extract<AnyJob, { name: N }>['payload']>;

/** Where a job ends that failed for good. Nothing takes it out but a person. */
export const DEAD_LETTERS = 'dead-letters';
