import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { rawPublicKey } from '#lib/crypto/key-files';
import {
  DomainError,
  ExhaustedError,
  InvalidRequestError,
  NotFoundError,
  UnauthenticatedError,
} from '#lib/errors';
import { enrolNode } from '#lib/nodes/onboarding/enrol-node';
import {
  ENROL_PATH,
  ENROL_STATUS_PATH,
  type EnrolReply,
  type EnrolStatusReply,
  enrolRequestSchema,
  enrolStatusRequestSchema,
  PREFLIGHT_PATH,
  preflightReportSchema,
} from '#lib/nodes/onboarding/enrol-schemas';
import { enrolmentStatus } from '#lib/nodes/onboarding/enrolment-status';
import { DATASET_EPSILON } from '#lib/nodes/onboarding/open-dataset-account';
import { checkPeer } from '#lib/nodes/pki/check-peer';
import { rhoFromEpsilon } from '#lib/privacy/accounting/zcdp';
import type { RouterContext } from '../context.ts';
import type { ChannelTrust } from './channel-trust.ts';
import { otherNodes } from './offer-peers.ts';

const MAX_BODY_BYTES = 32 * 1024;
/** Strangers may call here: so many refusals a minute from one address, and it waits. */
const REFUSALS_A_MINUTE = 30;
const MINUTE_MS = 60_000;

/** What nodes call before they can connect, on the channel's port: enrolment, and reports of their preflight. */
export function serveEnrolment(server: Server, context: RouterContext, trust: ChannelTrust): void {
  const routes = routesOf(context, trust);
  const refusals = new Map<string, number[]>();
  server.on('request', (request, response) => {
    const from = request.socket.remoteAddress ?? '';
    answer(routes, request, refusals.get(from) ?? []).then(
      (body) => send(response, 200, body),
      (error: unknown) => {
        if (error instanceof DomainError) {
          noteRefusal(refusals, from);
          return send(response, error.status, { code: error.code, message: error.message });
        }
        context.log.error({ err: error }, 'an enrolment failed');
        send(response, 500, { code: 'internal_error', message: 'The router could not do this. Try again.' });
      },
    );
  });
}

type Route = (body: unknown, socket: TLSSocket) => Promise<object>;

function routesOf(context: RouterContext, trust: ChannelTrust): Record<string, Route> {
  const { pool, keys, defaults } = context;
  return {
    [ENROL_PATH]: async (body): Promise<EnrolReply> => ({
      ...(await enrolNode(pool, read(enrolRequestSchema, body), trust.authority.fingerprint, new Date())),
      federationId: trust.federationId,
      routerKey: rawPublicKey(keys.identity).toString('hex'),
      limitRhoPico: String(rhoFromEpsilon(DATASET_EPSILON, defaults.delta)),
    }),
    [ENROL_STATUS_PATH]: async (body): Promise<EnrolStatusReply> => {
      const request = read(enrolStatusRequestSchema, body);
      const status = await enrolmentStatus(pool, request, trust, new Date());
      const peers = status.certificate === null ? [] : await otherNodes(pool, request.nodeId);
      return { ...status, peers };
    },
    [PREFLIGHT_PATH]: async (body, socket) => {
      const peer = await checkPeer(pool, socket, trust.federationId, new Date());
      if ('fault' in peer) throw new UnauthenticatedError('This takes the certificate of a node.');
      const { lines } = read(preflightReportSchema, body);
      // A node that only asks the time, before it reports: what it found the last time stands until then.
      if (lines.length === 0) return { kept: false };
      await pool.query('UPDATE node SET preflight = $2::jsonb, preflight_at = now() WHERE id = $1', [
        peer.nodeId,
        JSON.stringify(lines),
      ]);
      return { kept: true };
    },
  };
}

async function answer(
  routes: Record<string, Route>,
  request: IncomingMessage,
  refused: readonly number[],
): Promise<object> {
  const route = request.method === 'POST' ? routes[request.url ?? ''] : undefined;
  if (!route) throw new NotFoundError();
  const lately = refused.filter((atMs) => atMs > Date.now() - MINUTE_MS);
  if (lately.length >= REFUSALS_A_MINUTE) {
    throw new ExhaustedError('Too many refused attempts. Wait a minute.', { code: 'too_many_attempts' });
  }
  return route(await readBody(request), request.socket as TLSSocket);
}

function noteRefusal(refusals: Map<string, number[]>, from: string): void {
  const since = Date.now() - MINUTE_MS;
  for (const [address, times] of refusals) if (times.every((atMs) => atMs < since)) refusals.delete(address);
  refusals.set(from, [...(refusals.get(from) ?? []).filter((atMs) => atMs > since), Date.now()]);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw malformed('The body is too long.');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw malformed('The body is no JSON.');
  }
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw malformed(z.prettifyError(parsed.error).slice(0, 300));
  return parsed.data;
}

const malformed = (message: string) => new InvalidRequestError(message, { code: 'invalid_request' });

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
