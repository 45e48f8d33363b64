/** Channel of Postgres's NOTIFY that says that a node's state changed; the payload is the node's id. */
export const NODES_CHANNEL = 'fdlr_nodes';
