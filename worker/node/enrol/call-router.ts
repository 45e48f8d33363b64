import { request } from 'node:https';
import { z } from 'zod';
import { proxyFor } from '../channel/proxy.ts';

const TIMEOUT_MS = 15_000;
const refusalSchema = z.object({ code: z.string(), message: z.string() });

/** The router said no; its words are safe to show. */
export class RouterRefusedError extends Error {
  override readonly name = 'RouterRefusedError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Tls = { ca: string; cert?: string; key?: string };
export type Answer = { body: unknown; dateMs: number | null };

/** Posts JSON over TLS that is verified against the pinned authority alone. @throws RouterRefusedError */
export async function callRouter(url: URL, body: object, tls: Tls): Promise<Answer> {
  const { status, text, dateMs } = await post(url, JSON.stringify(body), tls);
  const reply: unknown = JSON.parse(text);
  if (status === 200) return { body: reply, dateMs };
  const refusal = refusalSchema.safeParse(reply);
  if (refusal.success) throw new RouterRefusedError(refusal.data.code, refusal.data.message);
  throw new Error(`The router answered ${status}.`);
}

function post(url: URL, body: string, tls: Tls) {
  return new Promise<{ status: number; text: string; dateMs: number | null }>((resolve, reject) => {
    const agent = proxyFor(url);
    const asked = request(
      url,
      {
        method: 'POST',
        ...tls,
        ...(agent ? { agent } : { agent: false }),
        minVersion: 'TLSv1.3',
        // Said aloud: NODE_TLS_REJECT_UNAUTHORIZED, set for something else on this machine, would let anybody in between.
        rejectUnauthorized: true,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        timeout: TIMEOUT_MS,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const dateMs = Date.parse(response.headers.date ?? '');
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
            dateMs: Number.isNaN(dateMs) ? null : dateMs,
          });
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('The router did not answer.')));
    asked.on('error', reject);
    asked.end(body);
  });
}
