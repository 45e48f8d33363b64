import type { NodeState } from '#lib/nodes/onboarding/transitions';
import type { WsNodeChannel } from './ws-node-channel.ts';

/** A node that has been welcomed, and by which certificate. */
export type OpenConnection = {
  nodeId: string;
  serial: string;
  state: NodeState;
  channel: WsNodeChannel;
  /** Caught up with: it may be asked as soon as it is admitted. */
  ready: boolean;
  /** Cohorts are chosen with it. */
  asked: boolean;
  /** Ends its part in the agreement of masking keys. */
  leaveDirectory: () => void;
  send: (frame: Buffer) => void;
  end: (code: string) => void;
};

/** Every connection of this router, admitted or not: what a change of a node's state is looked up in. */
export class OpenConnections {
  readonly #byNode = new Map<string, OpenConnection>();

  add(connection: OpenConnection): void {
    const former = this.#byNode.get(connection.nodeId);
    this.#byNode.set(connection.nodeId, connection);
    former?.end('replaced');
  }

  remove(connection: OpenConnection): void {
    if (this.#byNode.get(connection.nodeId) === connection) this.#byNode.delete(connection.nodeId);
  }

  all(): OpenConnection[] {
    return [...this.#byNode.values()];
  }
}
