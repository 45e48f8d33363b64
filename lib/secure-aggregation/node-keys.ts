import {
  createHmac,
  decapsulate,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import {
  type Encapsulation,
  isFor,
  pairSecret,
  signEncapsulation,
  verifyEncapsulation,
} from './encapsulation.ts';
import {
  announcementHash,
  directoryHashOf,
  judgeAnnouncement,
  type KeyAnnouncement,
  SUITE,
  signAnnouncement,
} from './key-announcement.ts';
import { ProtocolError } from './protocol-error.ts';
import { publicKeyOf, rawKeyOf } from './raw-keys.ts';

type Pair = {
  announcement: KeyAnnouncement;
  /** What was sent to it; null where it is the one that sends. */
  sent: Encapsulation | null;
  /** Null until its ciphertext came. */
  secret: KeyObject | null;
};

const MASK_CONTEXT = 'fdpr/pw/v1\0';

/**
 * One node's keys of one epoch and what it shares with each peer. In memory only: a node that starts anew announces new
 * keys. Pair secrets never leave this object; rounds get keys derived for their own header.
 */
export class NodeKeys {
  readonly announcement: KeyAnnouncement;
  readonly #identity: KeyObject;
  readonly #x25519: KeyObject;
  readonly #mlkem: KeyObject;
  readonly #pairs = new Map<string, Pair>();

  private constructor(
    identity: KeyObject,
    x25519: KeyObject,
    mlkem: KeyObject,
    announcement: KeyAnnouncement,
  ) {
    this.#identity = identity;
    this.#x25519 = x25519;
    this.#mlkem = mlkem;
    this.announcement = announcement;
  }

  /** @param args.notAfterMs milliseconds since the epoch, at most 24 hours away: peers refuse more. */
  static create(args: {
    nodeId: string;
    identity: KeyObject;
    keyEpoch: number;
    notAfterMs: number;
  }): NodeKeys {
    const { nodeId, identity, keyEpoch, notAfterMs } = args;
    const x25519 = generateKeyPairSync('x25519');
    const mlkem = generateKeyPairSync('ml-kem-768');
    const announcement = signAnnouncement(
      {
        v: 1,
        suite: SUITE,
        keyEpoch,
        nodeId,
        x25519Pub: rawKeyOf(x25519.publicKey, 'x25519').toString('hex'),
        mlkemPub: rawKeyOf(mlkem.publicKey, 'ml-kem-768').toString('hex'),
        notAfterMs,
      },
      identity,
    );
    return new NodeKeys(identity, x25519.privateKey, mlkem.privateKey, announcement);
  }

  get nodeId(): string {
    return this.announcement.nodeId;
  }

  get keyEpoch(): number {
    return this.announcement.keyEpoch;
  }

  isPast(nowMs: number): boolean {
    return this.announcement.notAfterMs <= nowMs;
  }

  /**
   * Takes a peer's keys. Where this node has the lower id, gives what has to be sent to the peer: the same again for the
   * same keys. A peer with new keys is a new pair.
   * @param pinned the identity key that this hospital has pinned for the peer, never one that came with the keys.
   * @throws ProtocolError for keys that are not the pinned node's, of another epoch, or past.
   */
  meet(peer: KeyAnnouncement, pinned: KeyObject, nowMs = Date.now()): Encapsulation | null {
    if (peer.nodeId === this.nodeId) throw new ProtocolError('wrong_exchange', 'a node is no peer of itself');
    const judged = judgeAnnouncement(peer, pinned, { keyEpoch: this.keyEpoch, nowMs });
    if (judged === 'unsigned')
      throw new ProtocolError('unsigned_keys', 'the keys are not signed by the pinned identity key');
    if (judged === 'stale')
      throw new ProtocolError('stale_keys', 'the keys are of another epoch, past, or good for too long');
    const known = this.#pairs.get(peer.nodeId);
    if (known && announcementHash(known.announcement).equals(announcementHash(peer))) return known.sent;
    const pair: Pair = { announcement: peer, sent: null, secret: null };
    if (this.nodeId < peer.nodeId) this.#encapsulateTo(pair);
    this.#pairs.set(peer.nodeId, pair);
    return pair.sent;
  }

  /** Takes what a peer with the lower id made for this node's keys. @throws ProtocolError */
  take(encapsulation: Encapsulation, pinned: KeyObject): void {
    const pair = this.#pairs.get(encapsulation.from);
    if (!pair) throw new ProtocolError('unknown_peer', 'the keys of this peer have not been seen');
    if (!verifyEncapsulation(encapsulation, pinned))
      throw new ProtocolError('unsigned_keys', 'the exchange is not signed by the pinned identity key');
    if (!isFor(encapsulation, pair.announcement, this.announcement))
      throw new ProtocolError('wrong_exchange', 'the exchange was made for other keys');
    const ciphertext = Buffer.from(encapsulation.ciphertext, 'hex');
    const low = pair.announcement;
    pair.secret = pairSecret({
      x25519Shared: this.#agree(low),
      mlkemShared: decapsulate(this.#mlkem, ciphertext),
      low,
      high: this.announcement,
      ciphertext,
    });
  }

  /** Whether this node and the peer share a secret. */
  knows(peerId: string): boolean {
    return (this.#pairs.get(peerId)?.secret ?? null) !== null;
  }

  /** The peers it shares a secret with, sorted. */
  get peers(): string[] {
    return [...this.#pairs.keys()].filter((id) => this.knows(id)).sort();
  }

  /** Forgets a peer that this hospital no longer pins. */
  forget(peerId: string): void {
    this.#pairs.delete(peerId);
  }

  /** The hash of the keys this node would use with a cohort (itself among it), hex. @throws ProtocolError for an unknown member. */
  directoryHash(cohort: readonly string[]): string {
    return directoryHashOf(
      cohort.map((id) => (id === this.nodeId ? this.announcement : this.#pairOf(id).announcement)),
    );
  }

  /** The key of this round's mask with a peer: HMAC-SHA256(s_ij, "fdpr/pw/v1\0" || h). @throws ProtocolError */
  maskKey(peerId: string, h: Uint8Array): Buffer {
    return createHmac('sha256', this.#secretOf(peerId)).update(MASK_CONTEXT).update(h).digest();
  }

  /** A key for something else of this round that only the two know. @throws ProtocolError */
  roundKey(peerId: string, h: Uint8Array, purpose: string): Buffer {
    return createHmac('sha256', this.#secretOf(peerId)).update(`${purpose}\0`).update(h).digest();
  }

  /** Signs for a round with the identity key. */
  get identity(): KeyObject {
    return this.#identity;
  }

  #encapsulateTo(pair: Pair): void {
    const high = pair.announcement;
    const low = this.announcement;
    const mlkemPub = publicKeyOf(Buffer.from(high.mlkemPub, 'hex'), 'ml-kem-768');
    const { sharedKey, ciphertext } = encapsulate(mlkemPub);
    pair.secret = pairSecret({
      x25519Shared: this.#agree(high),
      mlkemShared: sharedKey,
      low,
      high,
      ciphertext,
    });
    pair.sent = signEncapsulation(
      {
        v: 1,
        from: low.nodeId,
        to: high.nodeId,
        fromKeys: announcementHash(low).toString('hex'),
        toKeys: announcementHash(high).toString('hex'),
        ciphertext: ciphertext.toString('hex'),
      },
      this.#identity,
    );
  }

  #agree(peer: KeyAnnouncement): Buffer {
    const publicKey = publicKeyOf(Buffer.from(peer.x25519Pub, 'hex'), 'x25519');
    return diffieHellman({ privateKey: this.#x25519, publicKey });
  }

  #pairOf(peerId: string): Pair {
    const pair = this.#pairs.get(peerId);
    if (!pair) throw new ProtocolError('unknown_peer', 'the keys of a member have not been seen');
    return pair;
  }

  #secretOf(peerId: string): KeyObject {
    const { secret } = this.#pairOf(peerId);
    if (!secret) throw new ProtocolError('unknown_peer', 'no secret is shared with a member yet');
    return secret;
  }
}
