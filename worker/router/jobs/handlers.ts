import type { JobName, PayloadOf } from '#lib/jobs/definitions';
import type { JobContext } from './context.ts';

/** Does one job. Throws PermanentJobError where no further try can help; any other failure is tried again. */
export type Handler<N extends JobName> = (context: JobContext, payload: PayloadOf<N>) => Promise<void>;
export type Handlers = { [N in JobName]: () => Promise<Handler<N>> };

/** Loaded when the first job of the kind comes: a router that sends no mail never loads the mailer. */
export const HANDLERS: Handlers = {
  'mail.invitation': async () => (await import('./send-invitation-mail.ts')).sendInvitationMail,
  'mail.decision': async () => (await import('./send-decision-mail.ts')).sendDecisionMail,
  'mail.second-factor': async () => (await import('./send-factor-mail.ts')).sendFactorMail,
  'ledger.forget-answers': async () => (await import('./forget-answers.ts')).forgetAnswers,
  housekeeping: async () => (await import('./housekeeping.ts')).housekeeping,
};
