import { createHash, type KeyObject, sign, verify } from 'node:crypto';

/**
 * What a node signs when it says hello: its own id and key, the router's key and what TLS exports on this connection
 * (RFC 9266), so that a hello is worth nothing on another connection or to another router.
 */
function transcript({ binding, routerKey, nodeId, identityKey }: Hello): Buffer {
  return createHash('sha256')
    .update('fdlr/hello/v2\0')
    .update(binding)
    .update(Buffer.from(routerKey, 'hex'))
    .update(Buffer.from(identityKey, 'hex'))
    .update(nodeId)
    .digest();
}

type Hello = { binding: Uint8Array; routerKey: string; nodeId: string; identityKey: string };

export function signHello(hello: Hello, identity: KeyObject): string {
  return sign(null, transcript(hello), identity).toString('hex');
}

export function verifyHello(hello: Hello, signature: string, identity: KeyObject): boolean {
  return verify(null, transcript(hello), identity, Buffer.from(signature, 'hex'));
}
