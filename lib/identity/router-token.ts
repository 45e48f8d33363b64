import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { SessionActor } from '#lib/actor';
import { UnauthenticatedError } from '#lib/errors';

const ALGORITHM = 'EdDSA';
const ISSUER = 'fdlr-console';
const AUDIENCE = 'fdlr-router';
const LIFETIME_SECONDS = 60;

const claimsSchema = z.object({ sub: z.uuid(), org: z.uuid(), sid: z.uuid(), rid: z.uuid().optional() });

export type RouterTokenClaims = {
  userId: string;
  organisationId: string;
  sessionId: string;
  /** Id of the console's own request. Signed: nobody else can write into the logs under an id of their choice. */
  reference: string | null;
};

/** The 60-second token the console presents to the router for a signed-in person (Ed25519, PKCS #8 PEM). */
export async function signRouterToken(
  actor: SessionActor,
  privateKeyPem: string,
  reference?: string,
): Promise<string> {
  return new SignJWT({
    org: actor.organisationId,
    sid: actor.sessionId,
    ...(reference ? { rid: reference } : {}),
  })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(actor.userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(await importPKCS8(privateKeyPem, ALGORITHM));
}

/**
 * Reads a console token with the public key (SPKI PEM). It proves who the console says is asking; the session row must
 * still be checked. Throws UnauthenticatedError (`invalid_token`) for anything that is not a live token of the console.
 */
export async function verifyRouterToken(token: string, publicKeyPem: string): Promise<RouterTokenClaims> {
  const key = await importSPKI(publicKeyPem, ALGORITHM);
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      // A token signed to live longer is still refused after a minute.
      maxTokenAge: LIFETIME_SECONDS,
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: 5,
    });
    const { sub, org, sid, rid } = claimsSchema.parse(payload);
    return { userId: sub, organisationId: org, sessionId: sid, reference: rid ?? null };
  } catch (cause) {
    throw new UnauthenticatedError('The token is not valid.', { code: 'invalid_token', cause });
  }
}
