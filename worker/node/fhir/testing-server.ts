import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Json } from '../records/testing-export.ts';

/** What the server holds and does; tests change it between exports. */
export type FakeServer = {
  baseUrl: string;
  /** Registered clients' keys, as the hospital's administrator would. */
  jwks: JSONWebKeySet;
  /** By type; an export since then holds `changed` instead. */
  resources: Record<string, (Json | string)[]>;
  changed: Record<string, (Json | string)[]>;
  deleted: string[];
  errors: Json[];
  /** Replies 429 so many times before it does anything. */
  busy: number;
  /** Replaces the origin in the URLs of files. */
  fileOrigin: string | null;
  log: string[];
  close(): Promise<void>;
};

const CLIENT = 'fdlr-node';

/**
 * A FHIR R4 server on a real socket with SMART Backend Services and bulk export, written from the SMART Backend Services and
 * FHIR Bulk Data Access 2.0 specifications. It verifies assertions and gives nothing without its own token.
 */
export async function startFhirServer(): Promise<FakeServer> {
  const usedJtis = new Set<string>();
  let polls = 0;
  let since: string | null = null;
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      fake.log.push(`failed ${error instanceof Error ? error.message : error}`);
      response.writeHead(400).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeServer = {
    baseUrl: `${origin}/fhir`,
    jwks: { keys: [] },
    resources: {},
    changed: {},
    deleted: [],
    errors: [],
    busy: 0,
    fileOrigin: null,
    log: [],
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const json = (status: number, body: unknown, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    if (fake.busy > 0) {
      fake.busy -= 1;
      fake.log.push('busy');
      return void response.writeHead(429, { 'retry-after': '0' }).end();
    }
    fake.log.push(`${request.method} ${url.pathname}`);
    if (url.pathname === '/fhir/.well-known/smart-configuration')
      return void json(200, { token_endpoint: `${origin}/token` });
    if (url.pathname === '/token') return void json(200, await grant(await bodyOf(request)));
    if (request.headers.authorization !== 'Bearer open-sesame') return void json(401, {});
    if (url.pathname === '/fhir/$export') {
      since = url.searchParams.get('_since');
      polls = 0;
      if (request.headers.prefer !== 'respond-async') return void json(400, {});
      fake.log.push(`since ${since}`);
      return void response.writeHead(202, { 'content-location': `${origin}/status/1` }).end();
    }
    if (url.pathname === '/status/1' && request.method === 'DELETE')
      return void response.writeHead(202).end();
    if (url.pathname === '/status/1') {
      polls += 1;
      if (polls === 1) return void response.writeHead(202, { 'retry-after': '0' }).end();
      const files = Object.keys(since ? fake.changed : fake.resources);
      const at = (name: string) => ({
        type: name,
        url: `${fake.fileOrigin ?? origin}/file/${name}`,
      });
      return void json(200, {
        transactionTime: since ? '2024-06-02T00:00:00Z' : '2024-06-01T00:00:00Z',
        request: String(url),
        requiresAccessToken: true,
        output: files.map(at),
        deleted: since && fake.deleted.length > 0 ? [at('Bundle')] : [],
        error: fake.errors.length > 0 ? [at('OperationOutcome')] : [],
      });
    }
    const type = url.pathname.replace('/file/', '');
    const lines =
      type === 'Bundle'
        ? [deletions()]
        : type === 'OperationOutcome'
          ? fake.errors
          : (since ? fake.changed : fake.resources)[type];
    if (!lines) return void json(404, {});
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
    response.writeHead(200, { 'content-type': 'application/fhir+ndjson' }).end(text);
  }

  const deletions = (): Json => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: fake.deleted.map((url) => ({ request: { method: 'DELETE', url } })),
  });

  async function grant(body: string): Promise<Json> {
    const form = new URLSearchParams(body);
    const { payload, protectedHeader } = await jwtVerify(
      form.get('client_assertion') ?? '',
      createLocalJWKSet(fake.jwks),
      { issuer: CLIENT, subject: CLIENT, audience: `${origin}/token`, algorithms: ['ES384', 'RS384'] },
    );
    const { exp = 0, iat = 0, jti } = payload;
    if (exp - iat > 300 || !jti || usedJtis.has(jti) || !protectedHeader.kid)
      throw new Error('no fit assertion');
    usedJtis.add(jti);
    if (form.get('grant_type') !== 'client_credentials') throw new Error('no client credentials');
    return { access_token: 'open-sesame', token_type: 'bearer', expires_in: 300, scope: form.get('scope') };
  }

  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += piece;
  return body;
}
