import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request } from 'undici';
import type { FhirServer } from '../record-store/sources.ts';
import { FhirError } from './fhir-error.ts';

/** Busy, or for a moment not there: worth another try. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
const TRIES = 6;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
const HEADERS_WITHIN_MS = 30_000;
/** Between two pieces of a body. */
const SILENCE_MS = 60_000;
/** Of replies that are read whole: none of them carries records. */
const LONGEST_REPLY_BYTES = 4 * 1024 * 1024;

export type FhirRequest = {
  method?: 'GET' | 'POST' | 'DELETE';
  headers?: Record<string, string>;
  body?: string;
};
export type FhirReply = Dispatcher.ResponseData;

/** HTTP to the hospital's own servers: TLS by its own authority, no redirects, patience with the busy. */
export class FhirHttp {
  readonly #agent: Agent;

  constructor({ caFile }: Pick<FhirServer, 'caFile'>) {
    this.#agent = new Agent({
      connect: caFile ? { ca: readFileSync(caFile, 'utf8') } : {},
      headersTimeout: HEADERS_WITHIN_MS,
      bodyTimeout: SILENCE_MS,
    });
  }

  /** The first reply that is not a passing failure. `step` names what is done in errors. @throws FhirError */
  async send(
    step: string,
    url: string,
    { method = 'GET', headers = {}, body }: FhirRequest = {},
  ): Promise<FhirReply> {
    requireSafe(step, url);
    for (let tries = 1; ; tries += 1) {
      const wait = Math.min(
        LONGEST_WAIT_MS,
        FIRST_WAIT_MS * 2 ** (tries - 1) * (randomInt(500, 1_500) / 1_000),
      );
      try {
        const reply = await request(url, {
          method,
          headers: { 'user-agent': 'fdlr-node', ...headers },
          ...(body !== undefined && { body }),
          dispatcher: this.#agent,
        });
        if (!PASSING.has(reply.statusCode) || tries >= TRIES) return reply;
        await reply.body.dump();
        await sleep(retryAfterMs(reply) ?? wait);
      } catch (cause) {
        if (tries >= TRIES)
          throw new FhirError(`${step}: the FHIR server cannot be reached (${codeOf(cause)}).`, { cause });
        await sleep(wait);
      }
    }
  }

  async json(step: string, url: string, options?: FhirRequest): Promise<unknown> {
    const reply = await this.send(step, url, options);
    const text = await readWhole(step, reply);
    if (reply.statusCode !== 200) throw refused(step, reply.statusCode);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new FhirError(`${step}: the reply is no JSON.`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}

export function refused(step: string, status: number): FhirError {
  return new FhirError(`${step}: the FHIR server answered ${status}.`);
}

/** How long a server asks to be left alone, as seconds or a date; never longer than a minute here. */
export function retryAfterMs({ headers }: Pick<FhirReply, 'headers'>, nowMs = Date.now()): number | null {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(0, ms)) : null;
}

async function readWhole(step: string, reply: FhirReply): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of reply.body) {
    bytes += piece.length;
    if (bytes > LONGEST_REPLY_BYTES) throw new FhirError(`${step}: the reply is too long.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Records and tokens travel in clear only within this machine. */
export function requireSafe(step: string, url: string): void {
  const { protocol, hostname } = new URL(url);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback)) return;
  throw new FhirError(`${step}: ${protocol}//${hostname} is not https.`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no reply';
}
