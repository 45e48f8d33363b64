import { MIN_LABELS } from '#lib/requests/labels';
import type { Question } from '#lib/requests/question';
import type { QuoteReply } from '#lib/requests/router-replies';

/** A question while it is written. */
export type Draft = {
  prompt: string;
  route: 'federated' | 'public';
  labels: string[];
  purpose: string;
  /** NaN while the field holds no number. */
  epsilon: number;
  model: string | null;
};

export type Blocker =
  | 'prompt'
  | 'labels'
  | 'epsilon'
  | 'purpose'
  | 'model'
  | 'quote'
  | 'cohort'
  | 'useful'
  | 'affordable';

export function epsilonAllowed(epsilon: number, maxEpsilon: number): boolean {
  return Number.isFinite(epsilon) && epsilon > 0 && epsilon <= maxEpsilon;
}

/** The first reason why a draft cannot be asked yet, in the order in which a writer meets them; null when it can. */
export function blockedBy(draft: Draft, quote: QuoteReply | null, maxEpsilon: number): Blocker | null {
  if (draft.prompt.trim() === '') return 'prompt';
  if (draft.purpose === '') return 'purpose';
  if (draft.route === 'public') return draft.model === null ? 'model' : null;
  if (draft.labels.length < MIN_LABELS) return 'labels';
  if (!epsilonAllowed(draft.epsilon, maxEpsilon)) return 'epsilon';
  if (draft.model === null) return 'model';
  if (quote === null) return 'quote';
  if (quote.cohort === 'too_small') return 'cohort';
  if (!quote.useful) return 'useful';
  return quote.affordable ? null : 'affordable';
}

/** The draft as it will be sent; null while something is missing. How long things may be is for the API to say. */
export function toQuestion({
  prompt: written,
  route,
  labels,
  purpose,
  epsilon,
  model,
}: Draft): Question | null {
  const prompt = written.trim();
  if (prompt === '' || purpose === '' || model === null) return null;
  const common = { model, prompt, purpose };
  if (route === 'public') return { ...common, route };
  if (labels.length < MIN_LABELS || !Number.isFinite(epsilon) || epsilon <= 0) return null;
  return { ...common, route, labels, epsilon };
}
