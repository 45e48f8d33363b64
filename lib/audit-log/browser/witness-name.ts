/** What a hospital's node is called as a witness. */
export const witnessName = (nodeId: string) => `fdlr-node/${nodeId}`;
