import type { NodeChannel } from '#lib/nodes/node-channel';

/** The nodes that are connected to this router now. */
export class NodeRegistry {
  readonly #channels = new Map<string, NodeChannel>();

  /** A node that dials in again replaces its former connection. */
  add(channel: NodeChannel): void {
    this.#channels.get(channel.facts.nodeId)?.close('replaced by a new connection of the same node');
    this.#channels.set(channel.facts.nodeId, channel);
  }

  remove(channel: NodeChannel): void {
    if (this.#channels.get(channel.facts.nodeId) === channel) this.#channels.delete(channel.facts.nodeId);
  }

  get(nodeId: string): NodeChannel | undefined {
    return this.#channels.get(nodeId);
  }

  all(): NodeChannel[] {
    return [...this.#channels.values()];
  }
}
