import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import type { z } from 'zod';

/** All of a large vocabulary with its texts is 20 MB; nothing an engine is asked for is larger. */
const MOST_BYTES = 64 * 1_048_576;
const TIMEOUT_MS = 60_000;
/** Faults before the server has read anything: asking once more is safe. */
const NOT_SENT = ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT', 'ENOTFOUND', 'EAI_AGAIN'];

export type ModelServerOptions = {
  url: string;
  /** What it is, for messages. */
  kind: string;
  apiKeyFile?: string | undefined;
  caFile?: string | undefined;
  timeoutMs?: number;
  mostBytes?: number;
};

/** What went wrong and what to do. It never quotes a prompt, nor what the server said: that may quote one. */
export class ModelServerError extends Error {
  override readonly name = 'ModelServerError';
}

/** JSON over HTTP with a model server: bounded in time and size, over its own connections. */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly #agent: Agent;
  readonly #headers: Record<string, string>;

  constructor(options: ModelServerOptions) {
    this.#options = options;
    const key = options.apiKeyFile && readFileSync(options.apiKeyFile, 'utf8').trim();
    this.#headers = {
      'content-type': 'application/json',
      ...(key && { authorization: `Bearer ${key}` }),
    };
    this.#agent = new Agent({
      connectTimeout: 5_000,
      ...(options.caFile && { connect: { ca: readFileSync(options.caFile, 'utf8') } }),
    });
  }

  get<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    return this.#ask('GET', path, null, schema, signal);
  }

  post<T>(path: string, body: object, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    return this.#ask('POST', path, JSON.stringify(body), schema, signal);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #ask<T>(
    method: 'GET' | 'POST',
    path: string,
    body: string | null,
    schema: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const limit = AbortSignal.timeout(this.#options.timeoutMs ?? TIMEOUT_MS);
    const until = signal ? AbortSignal.any([signal, limit]) : limit;
    const send = () => this.#once(method, path, body, until);
    let text: string;
    try {
      text = await send();
    } catch (error) {
      if (!NOT_SENT.includes(codeOf(error)) || until.aborted) throw this.#fault(path, error, until);
      text = await send().catch((again: unknown) => {
        throw this.#fault(path, again, until);
      });
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw this.#error(`did not answer ${path} in JSON. Is it a ${this.#options.kind} server?`);
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const at = parsed.error.issues[0]?.path.join('.') || 'its form';
    throw this.#error(
      `answered ${path} in another form than this version of the node knows (${at}). Is it a ${this.#options.kind} server?`,
    );
  }

  async #once(method: 'GET' | 'POST', path: string, body: string | null, signal: AbortSignal) {
    const base = this.#options.url.replace(/\/+$/, '');
    const reply = await request(`${base}${path}`, {
      method,
      body,
      signal,
      headers: this.#headers,
      dispatcher: this.#agent,
    });
    if (reply.statusCode !== 200) {
      reply.body.on('error', () => {}).destroy();
      throw this.#error(this.#refusal(reply.statusCode, path));
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of reply.body as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > (this.#options.mostBytes ?? MOST_BYTES)) {
        throw this.#error(
          `sent more than ${this.#options.mostBytes ?? MOST_BYTES} bytes in answer to ${path}.`,
        );
      }
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  }

  #refusal(status: number, path: string): string {
    if (status === 401 || status === 403) return 'refuses the key. Put its API key into engine.apiKeyFile.';
    if (status === 404)
      return `has no ${path}. Is it a ${this.#options.kind} server, and engine.url its root?`;
    if (status === 400)
      return `refused a request to ${path} (400): the prompt is too long for its context, or it was started without an option that docs/engines.md names.`;
    return `answered ${path} with status ${status}. Look into its log.`;
  }

  #fault(path: string, error: unknown, signal: AbortSignal): Error {
    if (error instanceof ModelServerError) return error;
    if (signal.aborted) return this.#error(`did not answer ${path} in time.`);
    const code = codeOf(error);
    return this.#error(`cannot be reached (${code || 'connection lost'}). Start it, or mend engine.url.`);
  }

  #error(what: string): ModelServerError {
    return new ModelServerError(`The model server at ${new URL(this.#options.url).origin} ${what}`);
  }
}

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return typeof code === 'string' ? code : typeof cause?.code === 'string' ? cause.code : '';
}
