/** What this agent calls itself to the router. */
export const NODE_BUILD = 'fdlr-node 0.1.0';
