import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Question, ShortAnswerQuestion } from '#lib/requests/question';
import { giveUpKey, keyFor, randomKey } from '#lib/requests/question-key';
import type { CompletionReply } from '#lib/requests/router-replies';
import { consoleApi, problemOf } from '../console-api.ts';
import { type Drawing, drawAnswer, LEFT } from './draw-answer.ts';
import { tabKeys } from './tab-keys.ts';
import { Unanswered } from './unanswered.ts';
import { useWarningBeforeLeaving } from './use-warning-before-leaving.ts';

const fetchReply = async () => (await import('#lib/console-api/asking')).ASK.reply;

type Answer = { question: Question; reply: CompletionReply };

/** What has been drawn of a short answer: it is charged already, whatever becomes of the rest. */
export type Drawn = { question: ShortAnswerQuestion; text: string; tokens: number; stopping: boolean };

/** Sends a question, once per key: see keyFor. */
export function useAsk() {
  const cache = useQueryClient();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const stop = useRef<AbortController | null>(null);
  const mutation = useMutation<Answer, Unanswered, Question>({
    mutationFn: (question) => {
      stop.current = new AbortController();
      setDrawn(null);
      return askOnce(question, {
        stop: stop.current.signal,
        onText: (text) => setDrawn((before) => withToken(before, question, text)),
      });
    },
    // Whatever happened, prices and balances may have moved. Not waited for: the answer is shown first.
    onSettled: () => void cache.invalidateQueries({ queryKey: ['quote'] }),
  });
  const busy = useRef(false);
  const { data, error, isPending } = mutation;
  useWarningBeforeLeaving(isPending);
  // However the page is left, nothing more is drawn and charged that nobody will see.
  useEffect(() => () => stop.current?.abort(LEFT), []);
  const reset = () => {
    mutation.reset();
    setDrawn(null);
  };
  return {
    data,
    error,
    isPending,
    /** Of the question asked last; null before its first token and for questions whose answers come whole. */
    drawn,
    reset,
    /** What was asked last, while it is not known what became of it. */
    open: error && !error.isOutcomeKnown ? mutation.variables : null,
    /** The draft has changed: what was refused before is no longer about it. An open charge stays in view. */
    edited() {
      if (error && (error.isOutcomeKnown || error.charge === 'no')) reset();
    },
    /** Draws no further token. Only once there is one: before, hanging up could leave nothing to come back for. */
    stop() {
      if (!drawn || drawn.stopping) return;
      setDrawn({ ...drawn, stopping: true });
      stop.current?.abort();
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

async function askOnce(question: Question, drawing: Drawing): Promise<Answer> {
  const { key, retry } = await keyFor(tabKeys(), question, randomKey);
  try {
    if (isShortAnswer(question)) return { question, reply: await drawAnswer(question, key, drawing) };
    const headers = { 'idempotency-key': key };
    const reply = await consoleApi('/api/console/ask', fetchReply, { body: question, headers });
    return { question, reply };
  } catch (error) {
    throw new Unanswered(problemOf(error), retry);
  }
}

function isShortAnswer(question: Question): question is ShortAnswerQuestion {
  return question.route === 'federated' && question.mechanism === 'short-answer';
}

function withToken(before: Drawn | null, question: Question, text: string): Drawn | null {
  if (!isShortAnswer(question)) return null;
  const drawn = before ?? { question, text: '', tokens: 0, stopping: false };
  return { ...drawn, text: drawn.text + text, tokens: drawn.tokens + 1 };
}
