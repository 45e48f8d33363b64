import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { MLKEM_BYTES, X25519_BYTES } from './raw-keys.ts';

/** Masks from X25519 and ML-KEM-768 together, HKDF-SHA256, AES-256-CTR, sums modulo 2^32 (nodes.md section 3). */
export const SUITE = 'fdpr/sa/v1';
/** Keys of an epoch are used this long at most. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;
/** How far a peer's clock may be ahead when it says until when its keys are good. */
const CLOCK_SLACK_MS = 60_000;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A node's public keys for one epoch, signed with the identity key that its peers have pinned. */
export const keyAnnouncementSchema = z.strictObject({
  v: z.literal(1),
  suite: z.literal(SUITE),
  keyEpoch: z.int().nonnegative(),
  nodeId: z.uuid(),
  x25519Pub: hex(X25519_BYTES),
  mlkemPub: hex(MLKEM_BYTES),
  /** Milliseconds since the epoch, UTC: the keys are not used after it. */
  notAfterMs: z.int().positive(),
  signature: hex(64),
});
export type KeyAnnouncement = z.infer<typeof keyAnnouncementSchema>;

const CONTEXT = 'fdpr/announcement/v1\0';

function signedBytes({
  signature: _,
  ...said
}: KeyAnnouncement | (Omit<KeyAnnouncement, 'signature'> & { signature?: string })) {
  return Buffer.from(CONTEXT + canonicalJson(said));
}

export function signAnnouncement(
  said: Omit<KeyAnnouncement, 'signature'>,
  identity: KeyObject,
): KeyAnnouncement {
  return { ...said, signature: sign(null, signedBytes(said), identity).toString('hex') };
}

/** Whether the keys are the pinned node's, of this epoch, and good now. */
export function judgeAnnouncement(
  announcement: KeyAnnouncement,
  identity: KeyObject,
  { keyEpoch, nowMs }: { keyEpoch: number; nowMs: number },
): 'good' | 'unsigned' | 'stale' {
  if (!verify(null, signedBytes(announcement), identity, Buffer.from(announcement.signature, 'hex')))
    return 'unsigned';
  const { notAfterMs } = announcement;
  const isGood =
    announcement.keyEpoch === keyEpoch &&
    notAfterMs > nowMs &&
    notAfterMs <= nowMs + KEY_LIFETIME_MS + CLOCK_SLACK_MS;
  return isGood ? 'good' : 'stale';
}

/** Kept with the keys, which no one changes: every round names those of its whole cohort. */
const hashes = new WeakMap<KeyAnnouncement, Buffer>();

export function announcementHash(announcement: KeyAnnouncement): Buffer {
  let hash = hashes.get(announcement);
  if (!hash) {
    hash = createHash('sha256').update(canonicalJson(announcement)).digest();
    hashes.set(announcement, hash);
  }
  return hash;
}

/**
 * Names the keys of a whole cohort: SHA-256 over the announcements' hashes in the order of their node ids, hex. It stands
 * in the round header, so that nodes which were shown different keys do not answer.
 */
export function directoryHashOf(announcements: readonly KeyAnnouncement[]): string {
  const hash = createHash('sha256').update('fdpr/directory/v1\0');
  const sorted = announcements.toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1));
  for (const announcement of sorted) hash.update(announcementHash(announcement));
  return hash.digest('hex');
}
