import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Question } from '#lib/requests/question';
import { isOutcomeKnown, keyFor, type QuestionKey, randomKey } from '#lib/requests/question-key';
import { completionReplySchema } from '#lib/requests/router-replies';
import { ApiProblem, consoleApi } from '../console-api.ts';

/** Sends a question, once per key: see keyFor. */
export function useAsk() {
  const cache = useQueryClient();
  const key = useRef<QuestionKey | null>(null);
  const mutation = useMutation({
    mutationFn: async (question: Question) => {
      key.current = keyFor(key.current, question, randomKey);
      const reply = await consoleApi('/api/console/ask', completionReplySchema, {
        body: question,
        headers: { 'idempotency-key': key.current.key },
      });
      return { question, reply };
    },
    onSuccess: () => {
      key.current = null;
    },
    onError: (error) => {
      if (error instanceof ApiProblem && isOutcomeKnown(error.problem.code)) key.current = null;
    },
    // Whatever happened, prices and balances may have moved.
    onSettled: () => cache.invalidateQueries({ queryKey: ['quote'] }),
  });
  const busy = useRef(false);
  return {
    data: mutation.data,
    error: mutation.error,
    isPending: mutation.isPending,
    reset: mutation.reset,
    /** A second call while one is under way does nothing. */
    send(question: Question) {
      if (busy.current) return;
      busy.current = true;
      mutation.mutate(question, {
        onSettled: () => {
          busy.current = false;
        },
      });
    },
  };
}
