import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Question } from '#lib/requests/question';
import { giveUpKey, keyFor, randomKey } from '#lib/requests/question-key';
import type { CompletionReply } from '#lib/requests/router-replies';
import { consoleApi, problemOf } from '../console-api.ts';
import { tabKeys } from './tab-keys.ts';
import { Unanswered } from './unanswered.ts';

const fetchReply = async () => (await import('#lib/console-api/asking')).ASK.reply;

type Answer = { question: Question; reply: CompletionReply };

/** Sends a question, once per key: see keyFor. */
export function useAsk() {
  const cache = useQueryClient();
  const mutation = useMutation<Answer, Unanswered, Question>({
    mutationFn: askOnce,
    // Whatever happened, prices and balances may have moved. Not waited for: the answer is shown first.
    onSettled: () => void cache.invalidateQueries({ queryKey: ['quote'] }),
  });
  const busy = useRef(false);
  const { data, error, isPending, reset } = mutation;
  useWarningBeforeLeaving(isPending);
  return {
    data,
    error,
    isPending,
    reset,
    /** What was asked last, while it is not known what became of it. */
    open: error && !error.isOutcomeKnown ? mutation.variables : null,
    /** The draft has changed: what was refused before is no longer about it. An open charge stays in view. */
    edited() {
      if (error && (error.isOutcomeKnown || error.charge === 'no')) reset();
    },
    /** A second call while one is under way does nothing. */
    send(question: Question) {
      if (busy.current) return;
      busy.current = true;
      mutation.mutate(question, {
        // Runs only while the page is there to show it: an outcome that nobody has seen keeps its key.
        onSettled: async (_answer, failure) => {
          if (failure === null || failure.isOutcomeKnown) await giveUpKey(tabKeys(), question);
          busy.current = false;
        },
      });
    },
  };
}

async function askOnce(question: Question): Promise<Answer> {
  const { key, retry } = await keyFor(tabKeys(), question, randomKey);
  try {
    const headers = { 'idempotency-key': key };
    const reply = await consoleApi('/api/console/ask', fetchReply, { body: question, headers });
    return { question, reply };
  } catch (error) {
    throw new Unanswered(problemOf(error), retry);
  }
}

/** The browser asks before it throws away an answer that is on its way. */
function useWarningBeforeLeaving(isPending: boolean): void {
  useEffect(() => {
    if (!isPending) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isPending]);
}
