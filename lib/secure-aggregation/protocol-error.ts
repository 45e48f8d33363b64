/** Why keys or shares of a peer are not taken. The code is a constant and may travel; the message is for this side's log. */
export const PROTOCOL_FAULTS = [
  'unsigned_keys',
  'stale_keys',
  'unknown_peer',
  'wrong_exchange',
  'too_few_survivors',
  'other_survivors',
  'not_a_survivor',
  'too_few_signatures',
  'bad_share',
] as const;
export type ProtocolFault = (typeof PROTOCOL_FAULTS)[number];

export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolFault;
  constructor(code: ProtocolFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
