import { uuidV5 } from '#lib/crypto/uuid';

const NAMESPACE = '5d3e2a36-6a3e-4f0e-9d0a-2b1d6b6f4c11';
type Kind = 'organisation' | 'department' | 'user' | 'api-key' | 'hospital' | 'node' | 'dataset' | 'request';

/** The same key always has the same id, so that tests and links survive a reset. */
export function idOf(kind: Kind, key: string): string {
  return uuidV5(NAMESPACE, `${kind}/${key}`);
}
