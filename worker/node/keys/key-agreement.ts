import type { KeyObject } from 'node:crypto';
import type { Logger } from '#lib/log';
import type { Message } from '#lib/nodes/messages';
import type { Encapsulation } from '#lib/secure-aggregation/encapsulation';
import { KEY_LIFETIME_MS } from '#lib/secure-aggregation/key-announcement';
import { NodeKeys } from '#lib/secure-aggregation/node-keys';
import { ProtocolError } from '#lib/secure-aggregation/protocol-error';
import type { PinnedPeers } from '../peers/pinned-peers.ts';

type Setup = { nodeId: string; identity: KeyObject; peers: () => PinnedPeers; log: Logger };

/**
 * This node's keys and what it shares with its peers, agreed over the router, which only carries them: every announcement
 * and ciphertext is checked against the hospital's own pins. In memory only; a node that starts anew has other keys.
 */
export class KeyAgreement {
  readonly #setup: Setup;
  #current: NodeKeys | null = null;
  /** Those of the epoch before, for rounds that had begun. */
  #former: NodeKeys | null = null;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Announces keys for an epoch: those it has already, or new ones. */
  begin({ keyEpoch, notAfterMs }: Message<'keyEpoch'>): Message<'announce'> {
    const nowMs = Date.now();
    let keys = this.#current;
    if (!keys || keys.keyEpoch !== keyEpoch || keys.isPast(nowMs)) {
      const { nodeId, identity } = this.#setup;
      this.#former = keys;
      keys = NodeKeys.create({
        nodeId,
        identity,
        keyEpoch,
        notAfterMs: Math.min(notAfterMs, nowMs + KEY_LIFETIME_MS),
      });
      this.#current = keys;
    }
    return { announcement: keys.announcement, pinned: this.#pinned(), held: this.#heldBy(keys) };
  }

  /**
   * Announces the keys there are once more: after the hospital's list has changed, so that those who have pinned each
   * other only now meet in the same epoch. Null before the first.
   */
  again(): Message<'announce'> | null {
    const keys = this.#current;
    if (!keys || keys.isPast(Date.now())) return null;
    for (const peerId of keys.peers) if (!this.#setup.peers().has(peerId)) keys.forget(peerId);
    return { announcement: keys.announcement, pinned: this.#pinned(), held: this.#heldBy(keys) };
  }

  /** Meets every pinned peer of the directory. What is not believed is left out: its sender is not asked with this node. */
  meet({ keyEpoch, announcements }: Message<'directory'>): Message<'pairs'> | null {
    const keys = this.keysOf(keyEpoch);
    if (!keys) return null;
    const peers = this.#setup.peers();
    for (const peerId of keys.peers) if (!peers.has(peerId)) keys.forget(peerId);
    const encapsulations = announcements.flatMap((announcement): Encapsulation[] => {
      const pinned = peers.get(announcement.nodeId);
      if (!pinned || announcement.nodeId === keys.nodeId) return [];
      const sent = this.#unlessFalse(announcement.nodeId, () => keys.meet(announcement, pinned));
      return sent ? [sent] : [];
    });
    return this.#pairs(keys, encapsulations);
  }

  /** Takes what peers with lower ids made for this node's keys. */
  take({ keyEpoch, encapsulations }: Message<'encapsulations'>): Message<'pairs'> | null {
    const keys = this.keysOf(keyEpoch);
    if (!keys) return null;
    const peers = this.#setup.peers();
    for (const encapsulation of encapsulations) {
      const pinned = peers.get(encapsulation.from);
      if (pinned) this.#unlessFalse(encapsulation.from, () => keys.take(encapsulation, pinned));
    }
    return this.#pairs(keys, []);
  }

  /** The keys of an epoch, while they are good; null where this node has none. */
  keysOf(keyEpoch: number): NodeKeys | null {
    const found = [this.#current, this.#former].find((keys) => keys?.keyEpoch === keyEpoch);
    return found && !found.isPast(Date.now()) ? found : null;
  }

  #pairs(keys: NodeKeys, encapsulations: Encapsulation[]): Message<'pairs'> {
    return { keyEpoch: keys.keyEpoch, pinned: this.#pinned(), held: this.#heldBy(keys), encapsulations };
  }

  #pinned(): string[] {
    return [...this.#setup.peers().keys()].sort();
  }

  #heldBy(keys: NodeKeys): Record<string, string> {
    return Object.fromEntries(
      keys.peers.map((peerId) => [peerId, keys.directoryHash([keys.nodeId, peerId])]),
    );
  }

  /** A peer's fault ends nothing but what would have been agreed with it. */
  #unlessFalse<T>(peerId: string, agree: () => T): T | null {
    try {
      return agree();
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : 'not_a_key';
      this.#setup.log.warn({ peerId, code }, "a peer's keys are not taken");
      return null;
    }
  }
}
