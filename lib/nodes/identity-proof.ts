import { createHash, type KeyObject, sign, verify } from 'node:crypto';

/**
 * What a node signs when it says hello: its own id and key, the router's key and the router's fresh nonce, so that a
 * recorded hello is worth nothing on another connection or to another router.
 */
function transcript(nonce: string, routerKey: string, nodeId: string, identityKey: string): Buffer {
  return createHash('sha256')
    .update('fdlr/hello/v1\0')
    .update(Buffer.from(nonce, 'hex'))
    .update(Buffer.from(routerKey, 'hex'))
    .update(Buffer.from(identityKey, 'hex'))
    .update(nodeId)
    .digest();
}

type Hello = { nonce: string; routerKey: string; nodeId: string; identityKey: string };

export function signHello(hello: Hello, identity: KeyObject): string {
  return sign(
    null,
    transcript(hello.nonce, hello.routerKey, hello.nodeId, hello.identityKey),
    identity,
  ).toString('hex');
}

export function verifyHello(hello: Hello, signature: string, identity: KeyObject): boolean {
  const signed = transcript(hello.nonce, hello.routerKey, hello.nodeId, hello.identityKey);
  return verify(null, signed, identity, Buffer.from(signature, 'hex'));
}
