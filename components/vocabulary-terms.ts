import type { TermName } from './ui/term.tsx';

const TERMS: Record<string, TermName> = { consensus: 'consensus', 'short-answer': 'shortAnswer' };

/** The glossary's name of a mode: what it protects from whom. */
export function modeTerm(mode: string | null | undefined): TermName {
  return mode === 'gaussian' ? 'gaussian' : 'exact';
}

/** The glossary's name of a mechanism. */
export function mechanismTerm(mechanism: string | null | undefined): TermName {
  return TERMS[mechanism ?? ''] ?? 'vote';
}
