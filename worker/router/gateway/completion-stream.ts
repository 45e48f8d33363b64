import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Query, Reply } from '../query.ts';
import { errorOf } from './error-reply.ts';
import type { CompletionForm } from './render-completion.ts';

/**
 * One answer as server-sent events: text as it is drawn, then the end, the privacy statement with the last chunk. The
 * head is sent with the first event, so that whatever is refused before it is still an HTTP error.
 */
export class CompletionStream {
  readonly #reply: FastifyReply;
  readonly #form: CompletionForm;
  readonly #base: object;
  readonly #includeUsage: boolean;
  #events: PassThrough | null = null;

  constructor(reply: FastifyReply, form: CompletionForm, query: Query, includeUsage: boolean) {
    this.#reply = reply;
    this.#form = form;
    this.#base = form.base(query, Math.floor(Date.now() / 1000));
    this.#includeUsage = includeUsage;
  }

  get hasStarted(): boolean {
    return this.#events !== null;
  }

  text(text: string): void {
    this.#open();
    // A token that is half a character has no text yet; it is one all the same to whoever counts them.
    this.#choice(this.#form.text(text));
  }

  /** Ends with what the reply says. Text that went out before is not sent again. */
  end(reply: Reply): void {
    if (!this.hasStarted) {
      this.#open();
      if (reply.content !== null) this.text(reply.content);
    }
    const { usage, privacy } = reply;
    const closing = { choices: [this.#form.closing(reply)] };
    if (this.#includeUsage) {
      this.#chunk({ ...closing, usage: null });
      this.#chunk({ choices: [], usage, privacy });
    } else this.#chunk({ ...closing, privacy });
    this.#events?.end('data: [DONE]\n\n');
  }

  /** After the head no status can say it: the error is the last event, in the form that OpenAI's SDK throws. */
  fail(error: Error): void {
    this.#write(errorOf(error, this.#reply.request.id));
    this.#events?.end();
  }

  #open(): void {
    if (this.#events) return;
    this.#events = new PassThrough();
    this.#reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      // A proxy that collects the events would hold tokens back.
      .header('x-accel-buffering', 'no')
      .send(this.#events);
    if (this.#form.opening) this.#choice(this.#form.opening);
  }

  #choice(choice: object): void {
    this.#chunk({ choices: [choice], ...(this.#includeUsage ? { usage: null } : {}) });
  }

  #chunk(content: object): void {
    this.#write({ ...this.#base, ...content });
  }

  #write(event: object): void {
    this.#events?.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}
