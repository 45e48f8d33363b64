import { type KeyObject, randomBytes } from 'node:crypto';
import { split } from 'shamir-secret-sharing';
import { type Commitments, commitmentTo } from './commitments.ts';
import { addMask, addPairMasks } from './masks.ts';
import type { NodeKeys } from './node-keys.ts';
import { ProtocolError } from './protocol-error.ts';
import { openShare, sealShare } from './sealed-share.ts';
import { SEED_BYTES, selfMaskKey } from './self-mask.ts';
import {
  requireSurvivors,
  type SurvivorTerms,
  signSurvivors,
  survivorsHash,
  survivorsVerifier,
} from './survivor-set.ts';

const SHARE_PURPOSE = 'fdpr/share-key/v1';

/** What a node sends first: its vector under all masks, a share of its seed sealed to each other member, commitments. */
export type MaskedContribution = {
  vector: Uint32Array;
  boxes: Map<string, Buffer>;
  commitments: Commitments;
};

/** What a node reveals last: of each member exactly one of the two. */
export type Revealed = {
  /** Shares of the seeds of those who answered, by node id. */
  seedShares: Map<string, Buffer>;
  /** This round's mask keys with those who did not: never what is shared beyond the round. */
  pairKeys: Map<string, Buffer>;
};

/**
 * One round that survives dropouts, at one node (nodes.md section 3, mode B). Everything lives in memory: a node that
 * starts anew has other keys and cannot reveal anything of the round.
 */
export class SurvivorRound {
  readonly #keys: NodeKeys;
  readonly #terms: SurvivorTerms;
  readonly #shares = new Map<string, Uint8Array>();
  /** Kept: a peer that starts anew meanwhile shares another secret, and this round's masks stay what they are. */
  readonly #maskKeys = new Map<string, Buffer>();
  readonly #shareKeys = new Map<string, Buffer>();
  #agreed: { hash: Buffer; survivors: readonly string[]; signature: string } | null = null;

  constructor(keys: NodeKeys, terms: SurvivorTerms) {
    this.#keys = keys;
    this.#terms = terms;
  }

  /** Masks the vector and shares out the seed of its own mask. Called once. @throws ProtocolError for an unknown member. */
  async contribute(plain: Uint32Array): Promise<MaskedContribution> {
    const { h, cohort, threshold } = this.#terms;
    const { nodeId } = this.#keys;
    if (this.#shares.size > 0) throw new Error('a round is contributed to once');
    // A plain one: the library takes no Buffer.
    const seed = new Uint8Array(randomBytes(SEED_BYTES));
    const shares = await split(seed, cohort.length, threshold);
    const boxes = new Map<string, Buffer>();
    const pairs: Record<string, string> = {};
    const vector = plain.slice();
    for (const [i, id] of cohort.entries()) {
      const share = shares[i]!;
      if (id === nodeId) {
        this.#shares.set(id, share);
        continue;
      }
      const maskKey = this.#keys.maskKey(id, h);
      this.#maskKeys.set(id, maskKey);
      this.#shareKeys.set(id, this.#shareKey(id, id));
      pairs[id] = commitmentTo('pair', h, maskKey);
      boxes.set(id, sealShare(share, this.#shareKey(id, nodeId), nodeId, id));
    }
    addPairMasks(vector, nodeId, cohort, (id) => this.#maskKeys.get(id)!);
    addMask(vector, selfMaskKey(seed, h));
    return { vector, boxes, commitments: { seed: commitmentTo('seed', h, seed), pairs } };
  }

  /**
   * Signs who survived, once for the round: the same set again gets the same signature, another one is refused, because
   * both kinds of secrets of one member would bare its vector. A box that cannot be opened is its sender's loss.
   * @param boxes what the other survivors sealed to this node, by sender.
   * @throws ProtocolError
   */
  agree(survivors: readonly string[], boxes: ReadonlyMap<string, Uint8Array>): string {
    requireSurvivors(survivors, this.#terms);
    const { nodeId } = this.#keys;
    if (!survivors.includes(nodeId))
      throw new ProtocolError('not_a_survivor', 'this node answered and is left out');
    const hash = survivorsHash(survivors);
    if (this.#agreed) {
      if (this.#agreed.hash.equals(hash)) return this.#agreed.signature;
      throw new ProtocolError('other_survivors', 'this node has signed another set of survivors');
    }
    const signature = signSurvivors(this.#terms.h, survivors, this.#keys.identity);
    this.#agreed = { hash, survivors: [...survivors], signature };
    for (const from of survivors) {
      const box = boxes.get(from);
      const key = this.#shareKeys.get(from);
      if (!box || !key) continue;
      try {
        this.#shares.set(from, openShare(box, key, from, nodeId));
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
      }
    }
    return signature;
  }

  /**
   * Reveals what the sum needs, once enough survivors have signed the same set.
   * @param signatures by node id.
   * @param pinnedKeyOf the identity key that this hospital has pinned for a member.
   * @throws ProtocolError
   */
  reveal(
    signatures: ReadonlyMap<string, string>,
    pinnedKeyOf: (nodeId: string) => KeyObject | undefined,
  ): Revealed {
    const { h, cohort, threshold } = this.#terms;
    const { nodeId } = this.#keys;
    const maskKeys = this.#maskKeys;
    if (!this.#agreed) throw new ProtocolError('too_few_signatures', 'no survivors have been signed here');
    const { survivors, signature: own } = this.#agreed;
    const isValid = survivorsVerifier(h, survivors);
    // A signature costs time to check: no more of them than must be there, and not this node's own.
    let valid = 0;
    for (const id of survivors) {
      const signature = signatures.get(id);
      const identity = pinnedKeyOf(id);
      const isOwn = id === nodeId && signature === own;
      if (isOwn || (signature && identity && isValid(signature, identity))) valid += 1;
      if (valid === threshold) break;
    }
    if (valid < threshold)
      throw new ProtocolError('too_few_signatures', 'too few members signed these survivors');
    const seedShares = new Map<string, Buffer>();
    const pairKeys = new Map<string, Buffer>();
    for (const id of cohort) {
      const share = this.#shares.get(id);
      if (!survivors.includes(id)) pairKeys.set(id, maskKeys.get(id)!);
      else if (share) seedShares.set(id, Buffer.from(share));
    }
    return { seedShares, pairKeys };
  }

  /** Of a pair each direction has its own key. */
  #shareKey(peerId: string, from: string): Buffer {
    return this.#keys.roundKey(peerId, this.#terms.h, `${SHARE_PURPOSE}\0${from}`);
  }
}
