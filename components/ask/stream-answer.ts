import type { z } from 'zod';
import type { ShortAnswerQuestion } from '#lib/requests/question';
import type { CompletionReply } from '#lib/requests/router-replies';
import { splitLines } from '#lib/streams/split-lines';
import { ApiProblem, LOST, sendToConsole } from '../console-api.ts';
import { readProblem } from '../read-problem.ts';

const fetchEvents = async () => (await import('#lib/requests/answer-events')).answerEventSchema;

type Call = {
  key: string;
  onText: (text: string) => void;
  signal?: AbortSignal;
};

/**
 * Asks for a short answer, passes on its text as it is drawn and returns it with its statement. The same key is charged
 * once and returns what was drawn with it. Throws ApiProblem, also for a connection that broke or was hung up.
 */
export async function streamAnswer(
  question: ShortAnswerQuestion,
  { key, onText, signal }: Call,
): Promise<CompletionReply> {
  // Before anything is sent: an answer that could not be read would leave open what became of it.
  const schema = await fetchEvents().catch(lost);
  const call = { body: question, headers: { 'idempotency-key': key }, ...(signal ? { signal } : {}) };
  const response = await sendToConsole('/api/console/ask/text', call).catch(lost);
  if (!response.ok || response.body === null) {
    throw new ApiProblem(readProblem(await response.json().catch(() => null)) ?? LOST);
  }
  return readEvents(response.body, schema, onText).catch((error) => {
    throw error instanceof ApiProblem ? error : new ApiProblem(LOST);
  });
}

type Events = Awaited<ReturnType<typeof fetchEvents>>;

async function readEvents(
  body: ReadableStream<Uint8Array>,
  schema: Events,
  onText: (text: string) => void,
): Promise<CompletionReply> {
  for await (const line of splitLines(body)) {
    const event: z.output<Events> = schema.parse(JSON.parse(line));
    if (event.kind === 'answer') return event.reply;
    if (event.kind === 'problem') throw new ApiProblem(readProblem(event.problem) ?? LOST);
    onText(event.text);
  }
  throw new ApiProblem(LOST);
}

function lost(): never {
  throw new ApiProblem(LOST);
}
