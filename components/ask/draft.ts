import { MIN_LABELS } from '#lib/requests/labels';
import type { ConsensusChoice, Question, QuoteQuestion } from '#lib/requests/question';
import type { QuoteReply } from '#lib/requests/router-replies';

/** A question while it is written. What one form of answer needs is kept while another is chosen. */
export type Draft = {
  prompt: string;
  route: 'federated' | 'public';
  /** Of a federated question: one of its labels, or a short text. */
  form: 'labels' | 'text';
  labels: string[];
  /** Whether a label is wanted only when it is a clear winner. */
  test: 'none' | ConsensusChoice;
  maxTokens: number;
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
  | 'conditions'
  | 'useful'
  | 'length'
  | 'affordable';

export function epsilonAllowed(epsilon: number, maxEpsilon: number): boolean {
  return Number.isFinite(epsilon) && epsilon > 0 && epsilon <= maxEpsilon;
}

/** The first reason why a draft cannot be asked yet, in the order in which a writer meets them; null when it can. */
export function blockedBy(draft: Draft, quote: QuoteReply | null, maxEpsilon: number): Blocker | null {
  if (draft.prompt.trim() === '') return 'prompt';
  if (draft.purpose === '') return 'purpose';
  if (draft.route === 'public') return draft.model === null ? 'model' : null;
  if (draft.form === 'labels' && draft.labels.length < MIN_LABELS) return 'labels';
  if (!epsilonAllowed(draft.epsilon, maxEpsilon)) return 'epsilon';
  if (draft.model === null) return 'model';
  if (quote === null) return 'quote';
  if (quote.cohort === 'too_small') return 'cohort';
  if (quote.cohort === 'conditions_unmet') return 'conditions';
  if (!quote.useful) return draft.form === 'text' ? 'length' : 'useful';
  return quote.affordable ? null : 'affordable';
}

/** What a federated draft's price depends on; null while something of it is missing. */
export function toQuoteQuestion(draft: Draft): QuoteQuestion | null {
  const { route, form, labels, test, maxTokens, purpose, epsilon, model } = draft;
  if (route !== 'federated' || model === null || purpose === '') return null;
  if (!Number.isFinite(epsilon) || epsilon <= 0) return null;
  const common = { model, purpose, epsilon };
  if (form === 'text') return { ...common, mechanism: 'short-answer', maxTokens };
  if (labels.length < MIN_LABELS) return null;
  return test === 'none'
    ? { ...common, mechanism: 'vote', labels }
    : { ...common, mechanism: 'consensus', labels, test };
}

/** The draft as it will be sent; null while something is missing. How long things may be is for the API to say. */
export function toQuestion(draft: Draft): Question | null {
  const { route, purpose, model } = draft;
  const prompt = draft.prompt.trim();
  if (prompt === '') return null;
  if (route === 'public')
    return model === null || purpose === '' ? null : { model, prompt, purpose, route: 'public' };
  const priced = toQuoteQuestion(draft);
  return priced && { ...priced, prompt, route: 'federated' };
}
