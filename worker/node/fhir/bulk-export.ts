import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { READ_TYPES } from '../record-store/folder-fingerprint.ts';
import type { FhirServer } from '../record-store/sources.ts';
import { linesOf } from '../records/ndjson-lines.ts';
import { parseResource, type Resource } from '../records/resource.ts';
import { AccessTokens } from './access-token.ts';
import { type ClientKey } from './client-key.ts';
import { FhirError } from './fhir-error.ts';
import { FhirHttp, refused, retryAfterMs } from './fhir-http.ts';

const file = z.object({ type: z.string(), url: z.url() });
const manifestSchema = z.object({
  transactionTime: z.string().min(1),
  requiresAccessToken: z.boolean(),
  output: z.array(file),
  error: z.array(file).optional(),
  deleted: z.array(file).optional(),
});
export type ExportManifest = z.infer<typeof manifestSchema>;
export type ExportFile = z.infer<typeof file>;

const POLL_MS = 2_000;

/** One FHIR bulk export, from asking for it to its last file. */
export class BulkExport {
  readonly #server: FhirServer;
  readonly #http: FhirHttp;
  readonly #tokens: AccessTokens;
  #status: string | null = null;
  #withToken = true;
  #bytesLeft: number;

  constructor(server: FhirServer, key: ClientKey) {
    this.#server = server;
    this.#http = new FhirHttp(server);
    this.#tokens = new AccessTokens(this.#http, server, key);
    this.#bytesLeft = server.maxMegabytes * 1_000_000;
  }

  /** Asks for an export, of what has changed since then where it is given, and waits until it is ready. */
  async prepare(since: string | null): Promise<ExportManifest> {
    const { baseUrl, groupId, exportMinutes } = this.#server;
    const url = new URL(`${baseUrl.replace(/\/$/, '')}/${groupId ? `Group/${groupId}/` : ''}$export`);
    url.searchParams.set('_type', READ_TYPES.join(','));
    url.searchParams.set('_outputFormat', 'application/fhir+ndjson');
    if (since) url.searchParams.set('_since', since);
    const step = 'Bulk export';
    const kickOff = await this.#http.send(step, String(url), {
      headers: {
        ...(await this.#tokens.header()),
        accept: 'application/fhir+json',
        prefer: 'respond-async',
      },
    });
    await kickOff.body.dump();
    const place = kickOff.headers['content-location'];
    if (kickOff.statusCode !== 202 || typeof place !== 'string') throw refused(step, kickOff.statusCode);
    this.#status = String(new URL(place, baseUrl));
    this.#requireOwn(step, this.#status);
    const manifest = await this.#wait(Date.now() + exportMinutes * 60_000);
    this.#withToken = manifest.requiresAccessToken;
    await this.#requireWhole(manifest);
    return manifest;
  }

  /** A file's resources as they come; undefined for a line that is none. Records are never written to a disk on the way. */
  async *resources({ url }: ExportFile): AsyncGenerator<Resource | undefined> {
    const step = 'Download';
    if (this.#withToken) this.#requireOwn(step, url);
    const reply = await this.#http.send(step, url, {
      headers: {
        ...(this.#withToken && (await this.#tokens.header())),
        accept: 'application/fhir+ndjson',
      },
    });
    if (reply.statusCode !== 200) {
      await reply.body.dump();
      throw refused(step, reply.statusCode);
    }
    for await (const line of linesOf(this.#counted(reply.body))) yield parseResource(line);
  }

  /** Tells the server that its files may go. It forgets them some day by itself where it does not know how to. */
  async close(): Promise<void> {
    try {
      if (this.#status) {
        const headers = await this.#tokens.header();
        const reply = await this.#http.send('Clean up', this.#status, { method: 'DELETE', headers });
        await reply.body.dump();
      }
    } catch {
      // Nothing here depends on it.
    } finally {
      await this.#http.close();
    }
  }

  async #wait(untilMs: number): Promise<ExportManifest> {
    const step = 'Bulk export';
    for (;;) {
      const headers = { ...(await this.#tokens.header()), accept: 'application/json' };
      const reply = await this.#http.send(step, this.#status!, { headers });
      if (reply.statusCode === 200) {
        const parsed = manifestSchema.safeParse(await reply.body.json().catch(() => null));
        if (!parsed.success) throw new FhirError(`${step}: the list of files cannot be read.`);
        return parsed.data;
      }
      await reply.body.dump();
      if (reply.statusCode !== 202) throw refused(step, reply.statusCode);
      if (Date.now() >= untilMs) throw new FhirError(`${step}: not ready in time (exportMinutes).`);
      await sleep(retryAfterMs(reply) ?? POLL_MS);
    }
  }

  /** An export with errors may lack refusals: it is not used. */
  async #requireWhole({ error = [] }: ExportManifest): Promise<void> {
    for (const one of error) {
      for await (const outcome of this.resources(one)) {
        const issues = Array.isArray(outcome?.issue) ? outcome.issue : [];
        if (issues.some((issue) => ['error', 'fatal'].includes(issue?.severity)))
          throw new FhirError('Bulk export: the server reports errors in it, so something may be missing.');
      }
    }
  }

  async *#counted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of body) {
      this.#bytesLeft -= piece.length;
      if (this.#bytesLeft < 0) throw new FhirError('Download: the export is larger than maxMegabytes.');
      yield piece;
    }
  }

  /** The token goes to the server it was made for and nowhere else. */
  #requireOwn(step: string, url: string): void {
    if (new URL(url).origin === new URL(this.#server.baseUrl).origin) return;
    throw new FhirError(`${step}: the server names a place that is not its own.`);
  }
}
