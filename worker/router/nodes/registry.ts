import type { NodeChannel } from '#lib/nodes/node-channel';

/** The nodes that are connected to this router now. */
export class NodeRegistry {
  readonly #channels = new Map<string, NodeChannel>();
  readonly #restingUntilMs = new Map<string, number>();

  /** A node that dials in again replaces its former connection. */
  add(channel: NodeChannel): void {
    this.#channels.get(channel.facts.nodeId)?.close('replaced by a new connection of the same node');
    this.#channels.set(channel.facts.nodeId, channel);
  }

  remove(channel: NodeChannel): void {
    if (this.#channels.get(channel.facts.nodeId) === channel) this.#channels.delete(channel.facts.nodeId);
  }

  /** The node's channel, if it is connected and may be asked now. */
  get(nodeId: string): NodeChannel | undefined {
    return (this.#restingUntilMs.get(nodeId) ?? 0) > Date.now() ? undefined : this.#channels.get(nodeId);
  }

  /** Keeps a node out of cohorts for a while: each round it refuses costs everyone asked the full charge. */
  rest(nodeId: string, forMs: number): void {
    this.#restingUntilMs.set(nodeId, Date.now() + forMs);
  }

  all(): NodeChannel[] {
    return [...this.#channels.values()];
  }
}
