import type { NodeChannel } from '#lib/nodes/node-channel';
import { afterProbe, type Breaker, CLOSED, shareOf } from './breaker.ts';
import { inShare } from './in-share.ts';

/** The nodes that are connected to this router now. */
export class NodeRegistry {
  readonly #channels = new Map<string, NodeChannel>();
  readonly #restingUntilMs = new Map<string, number>();
  /** By node, not by connection: a node that flaps does not get rid of its past by dialling again. */
  readonly #breakers = new Map<string, Breaker>();
  readonly #draining = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A node that dials in again replaces its former connection. */
  add(channel: NodeChannel): void {
    this.#channels.get(channel.facts.nodeId)?.close('replaced by a new connection of the same node');
    this.#channels.set(channel.facts.nodeId, channel);
  }

  remove(channel: NodeChannel): void {
    if (this.#channels.get(channel.facts.nodeId) === channel) this.#channels.delete(channel.facts.nodeId);
  }

  /** The node's channel, if it is connected and may be asked now. A draining node may: it finishes what it has. */
  get(nodeId: string): NodeChannel | undefined {
    if ((this.#restingUntilMs.get(nodeId) ?? 0) > this.#now()) return undefined;
    return this.breakerOf(nodeId).state === 'closed' ? this.#channels.get(nodeId) : undefined;
  }

  /** The node's channel, if a new cohort may have it. */
  candidate(nodeId: string): NodeChannel | undefined {
    return this.#draining.has(nodeId) ? undefined : this.get(nodeId);
  }

  /** Whether a node that came back a short while ago has a share in this request. */
  hasShare(nodeId: string, requestId: string): boolean {
    return inShare(shareOf(this.breakerOf(nodeId)), nodeId, requestId);
  }

  /** What became of a public probe: the one thing that opens and closes a node's breaker. */
  probed(nodeId: string, answered: boolean): void {
    this.#breakers.set(nodeId, afterProbe(this.breakerOf(nodeId), answered));
  }

  breakerOf(nodeId: string): Breaker {
    return this.#breakers.get(nodeId) ?? CLOSED;
  }

  /** Keeps a node out of cohorts for a while: each round it refuses costs everyone asked the full charge. */
  rest(nodeId: string, forMs: number): void {
    this.#restingUntilMs.set(nodeId, this.#now() + forMs);
  }

  /** From now on it is in no new cohort, whatever connection it has; requests that have it already go on to their end. */
  drain(nodeId: string): void {
    this.#draining.add(nodeId);
  }

  /** It is admitted again. */
  endDrain(nodeId: string): void {
    this.#draining.delete(nodeId);
  }

  all(): NodeChannel[] {
    return [...this.#channels.values()];
  }
}
