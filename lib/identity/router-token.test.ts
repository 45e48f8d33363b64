import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { SessionActor } from '../actor.ts';
import { UnauthenticatedError } from '../errors.ts';
import { signRouterToken, verifyRouterToken } from './router-token.ts';

function keyPair() {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

const keys = keyPair();
const actor: SessionActor = {
  kind: 'session',
  sessionId: randomUUID(),
  userId: randomUUID(),
  organisationId: randomUUID(),
  departmentId: randomUUID(),
  hospitalId: null,
  role: 'clinician',
};

/** A token that is right in everything but what `change` alters. */
async function forged(change: { iss?: string; aud?: string; issuedAt?: number; sid?: string }) {
  const issuedAt = change.issuedAt ?? Math.floor(Date.now() / 1000);
  return new SignJWT({ org: actor.organisationId, sid: change.sid ?? actor.sessionId })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setSubject(actor.userId)
    .setIssuer(change.iss ?? 'fdlr-console')
    .setAudience(change.aud ?? 'fdlr-router')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 86_400)
    .sign(await importPKCS8(keys.privatePem, 'EdDSA'));
}

describe('the console token', () => {
  it('tells the router who is asking', async () => {
    const reference = randomUUID();
    const token = await signRouterToken(actor, keys.privatePem, reference);
    expect(await verifyRouterToken(token, keys.publicPem)).toEqual({
      reference,
      userId: actor.userId,
      organisationId: actor.organisationId,
      sessionId: actor.sessionId,
    });
  });

  it('accepts the hand-made control, so that the refusals below are for the reason they name', async () => {
    await expect(verifyRouterToken(await forged({}), keys.publicPem)).resolves.toMatchObject({
      userId: actor.userId,
    });
  });

  it.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'fdlr-node' }],
    ['an old token that was signed to live a day', { issuedAt: Math.floor(Date.now() / 1000) - 120 }],
    ['a session id that is none', { sid: 'not-a-uuid' }],
  ])('refuses %s', async (_, change) => {
    await expect(verifyRouterToken(await forged(change), keys.publicPem)).rejects.toThrow(
      UnauthenticatedError,
    );
  });

  it('refuses another key, a changed payload and noise', async () => {
    const token = await signRouterToken(actor, keys.privatePem);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const swapped = Buffer.from(JSON.stringify({ ...claims, sub: randomUUID() })).toString('base64url');
    await expect(verifyRouterToken(token, keyPair().publicPem)).rejects.toThrow(UnauthenticatedError);
    await expect(verifyRouterToken(`${header}.${swapped}.${signature}`, keys.publicPem)).rejects.toThrow(
      UnauthenticatedError,
    );
    await expect(verifyRouterToken('noise', keys.publicPem)).rejects.toThrow(UnauthenticatedError);
  });
});
