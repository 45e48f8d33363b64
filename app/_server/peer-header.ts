/** Who is at the other end of the connection; instrumentation.ts writes it over whatever the caller sent under it. */
export const PEER_HEADER = 'x-fdlr-peer';
