import { createHmac } from 'node:crypto';
import { subkey } from './sealed.ts';

export const TAG_BYTES = 16;

/** The name a patient has on disk: an HMAC of the id. Without the shard key it tells nothing, and it stays for good. */
export function patientTags(shardKey: Uint8Array): (patientId: string) => string {
  const key = subkey(shardKey, 'patient-tag');
  return (patientId) =>
    createHmac('sha256', key)
      .update(patientId, 'utf8')
      .digest('hex')
      .slice(0, 2 * TAG_BYTES);
}
