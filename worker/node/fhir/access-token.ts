import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { FhirServer } from '../record-store/sources.ts';
import type { ClientKey } from './client-key.ts';
import { FhirError } from './fhir-error.ts';
import type { FhirHttp } from './fhir-http.ts';

const configuration = z.object({ token_endpoint: z.url() });
const grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() });
/** The standard allows five minutes. */
const ASSERTION_S = 240;
const DEFAULT_LIFE_S = 300;
/** Asked anew so long before it ends. */
const MARGIN_MS = 30_000;

/** Access tokens by SMART Backend Services: a signed assertion for each, and the token kept while it lasts. */
export class AccessTokens {
  readonly #http: FhirHttp;
  readonly #server: FhirServer;
  readonly #key: ClientKey;
  #endpoint: string | null = null;
  #token: { value: string; untilMs: number } | null = null;

  constructor(http: FhirHttp, server: FhirServer, key: ClientKey) {
    this.#http = http;
    this.#server = server;
    this.#key = key;
  }

  async header(): Promise<{ authorization: string }> {
    if (!this.#token || Date.now() > this.#token.untilMs - MARGIN_MS) this.#token = await this.#ask();
    return { authorization: `Bearer ${this.#token.value}` };
  }

  async #ask() {
    this.#endpoint ??= await this.#findEndpoint();
    const { clientId, scope } = this.#server;
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: this.#key.kid })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(this.#endpoint)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${ASSERTION_S}s`)
      .sign(this.#key.key);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    const step = 'Access token';
    const reply = grant.safeParse(
      await this.#http.json(step, this.#endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
        body: String(body),
      }),
    );
    if (!reply.success) throw new FhirError(`${step}: the reply holds no token.`);
    const { access_token: value, expires_in: lifeS = DEFAULT_LIFE_S } = reply.data;
    return { value, untilMs: Date.now() + lifeS * 1_000 };
  }

  async #findEndpoint(): Promise<string> {
    const step = 'SMART configuration';
    const url = `${this.#server.baseUrl.replace(/\/$/, '')}/.well-known/smart-configuration`;
    const found = configuration.safeParse(
      await this.#http.json(step, url, { headers: { accept: 'application/json' } }),
    );
    if (!found.success) throw new FhirError(`${step}: it names no token endpoint.`);
    return found.data.token_endpoint;
  }
}
