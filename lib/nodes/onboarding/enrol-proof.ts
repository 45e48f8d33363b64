import { createHash, type KeyObject, sign, verify } from 'node:crypto';

/** What the identity key signs at enrolment: the request and the authority that it sees before it. */
function requestText(csr: Uint8Array, caFingerprint: string): Buffer {
  const csrHash = createHash('sha256').update(csr).digest();
  return Buffer.concat([Buffer.from('fdlr/enrol-request/v1\0'), csrHash, Buffer.from(caFingerprint, 'hex')]);
}

export function signEnrolment(csr: Uint8Array, caFingerprint: string, identity: KeyObject): string {
  return sign(null, requestText(csr, caFingerprint), identity).toString('hex');
}

export function verifyEnrolment(
  csr: Uint8Array,
  caFingerprint: string,
  signature: string,
  identity: KeyObject,
): boolean {
  return verify(null, requestText(csr, caFingerprint), identity, Buffer.from(signature, 'hex'));
}

function statusText(nodeId: string, clockMs: number, caFingerprint: string): Buffer {
  return Buffer.from(`fdlr/enrol-status/v1\0${nodeId}\0${clockMs}\0${caFingerprint}`);
}

export function signStatus(
  nodeId: string,
  clockMs: number,
  caFingerprint: string,
  identity: KeyObject,
): string {
  return sign(null, statusText(nodeId, clockMs, caFingerprint), identity).toString('hex');
}

export function verifyStatus(
  { nodeId, clockMs, signature }: { nodeId: string; clockMs: number; signature: string },
  caFingerprint: string,
  identity: KeyObject,
): boolean {
  return verify(null, statusText(nodeId, clockMs, caFingerprint), identity, Buffer.from(signature, 'hex'));
}
