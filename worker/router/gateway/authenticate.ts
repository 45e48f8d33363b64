import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { PrincipalActor, Role } from '#lib/actor';
import { prepared } from '#lib/db/prepared';
import { GoneError, UnauthenticatedError } from '#lib/errors';
import { verifyRouterToken } from '#lib/identity/router-token';
import { currentRequest } from '#lib/request-context';
import type { RouterContext } from '../context.ts';
import type { Caller } from '../query.ts';
import { noteUse } from './note-use.ts';

type Row = {
  userId: string;
  organisationId: string;
  departmentId: string;
  hospitalId: string | null;
  role: Role;
  pseudonym: string;
  region: string;
  maxRequestEpsilon: string;
};

type KeyRow = Row & { apiKeyId: string; expired: boolean | null; useUnknown: boolean };

const COLUMNS = `u.id AS "userId", u.organisation_id AS "organisationId", u.department_id AS "departmentId", u.hospital_id AS "hospitalId",
  u.role::text AS role, u.pseudonym, o.region, o.max_request_epsilon AS "maxRequestEpsilon"`;

/** Who calls: an application with an API key, or the console with its 60-second token for a signed-in person. */
export async function authenticate(context: RouterContext, request: FastifyRequest): Promise<Caller> {
  const credential = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (!credential) {
    throw new UnauthenticatedError('Send your API key as "Authorization: Bearer ...".', {
      code: 'missing_api_key',
    });
  }
  // A JWT has two dots; an API key has none.
  return credential.includes('.') ? byToken(context, credential, request) : byApiKey(context, credential);
}

async function byApiKey(context: RouterContext, key: string): Promise<Caller> {
  const sha256 = createHash('sha256').update(key).digest();
  const found = await prepared(context.pool).query<KeyRow>(
    `SELECT ${COLUMNS}, k.id AS "apiKeyId", k.expires_at <= now() AS expired,
       k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 hour' AS "useUnknown"
     FROM api_key k
     JOIN "user" u ON u.id = k.user_id JOIN organisation o ON o.id = u.organisation_id
     WHERE k.sha256 = $1 AND k.revoked_at IS NULL AND u.disabled_at IS NULL`,
    [sha256],
  );
  const row = found.rows[0];
  // One message for unknown and revoked keys: which one it was is the owner's to see, in the console.
  if (!row) throw new UnauthenticatedError('This API key is not valid.', { code: 'invalid_api_key' });
  // Only who holds the whole key gets here, and its owner wants to know why the application stopped.
  if (row.expired) throw new GoneError('This API key has expired.', { code: 'expired_api_key' });
  if (row.useUnknown) noteUse(context, row.apiKeyId);
  return callerOf(row, { kind: 'api_key', apiKeyId: row.apiKeyId, ...membershipOf(row) });
}

async function byToken(context: RouterContext, token: string, request: FastifyRequest): Promise<Caller> {
  const claims = await verifyRouterToken(token, context.keys.consoleTokenPublicPem);
  if (claims.reference) adoptReference(request, claims.reference);
  const found = await prepared(context.pool).query<Row>(
    `SELECT ${COLUMNS} FROM session s
     JOIN "user" u ON u.id = s.user_id JOIN organisation o ON o.id = u.organisation_id
     WHERE s.id = $1 AND u.id = $2 AND o.id = $3 AND s.revoked_at IS NULL AND s.expires_at > now()
       AND u.disabled_at IS NULL`,
    [claims.sessionId, claims.userId, claims.organisationId],
  );
  const row = found.rows[0];
  if (!row) throw new UnauthenticatedError('The session has ended.', { code: 'session_ended' });
  return callerOf(row, { kind: 'session', sessionId: claims.sessionId, ...membershipOf(row) });
}

function membershipOf({ userId, organisationId, departmentId, hospitalId, role }: Row) {
  return { userId, organisationId, departmentId, hospitalId, role };
}

function callerOf(row: Row, actor: PrincipalActor): Caller {
  return {
    actor,
    region: row.region,
    pseudonym: row.pseudonym,
    maxRequestEpsilon: Number(row.maxRequestEpsilon),
  };
}

/** From here on this request has the id that the console gave it, in logs and replies alike. */
function adoptReference(request: FastifyRequest, reference: string): void {
  request.id = reference;
  const current = currentRequest();
  if (current) current.reference = reference;
}
