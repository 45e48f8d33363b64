import type { OwnContext } from './llama-context.ts';

type Choosable = Pick<OwnContext, 'users' | 'sharedWith'>;

/**
 * Where an answer goes on: in the context that holds the most of it, if that is its whole prompt at least; else in the
 * one that was used longest ago, an idle one first. `contexts` are in order of use, the latest last, and are reordered.
 */
export function chooseContext<C extends Choosable>(
  contexts: C[],
  tokens: Parameters<OwnContext['sharedWith']>[0],
  promptTokens: number,
): C {
  let chosen: C | undefined;
  let most = promptTokens - 1;
  for (const context of contexts) {
    const shared = context.sharedWith(tokens);
    if (shared > most) [chosen, most] = [context, shared];
  }
  chosen ??= contexts.find(({ users }) => users === 0) ?? contexts[0];
  if (!chosen) throw new RangeError('an engine has at least one context');
  contexts.splice(contexts.indexOf(chosen), 1);
  contexts.push(chosen);
  return chosen;
}
