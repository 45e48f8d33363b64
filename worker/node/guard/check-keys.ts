import { ProtocolError } from '#lib/secure-aggregation/protocol-error';
import type { Check } from './guarded.ts';
import { refusal } from './refusal.ts';

/** Whether the round is masked with the keys that this node has agreed with every member: no others, none that are past. */
export const checkKeys: Check = ({ header }, { config, keysOf }) => {
  const keys = keysOf(header.keyEpoch);
  if (!keys) return refusal('stale_keys', 'this node has no good keys of that epoch');
  const missing = header.cohort.find((id) => id !== config.nodeId && !keys.knows(id));
  if (missing) return refusal('unknown_keys', 'this node shares no secret with a member of the cohort');
  try {
    return keys.directoryHash(header.cohort) === header.keyDirectoryHash
      ? null
      : refusal('other_keys', 'the header names other keys of the cohort than this node was shown');
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return refusal('unknown_keys', 'this node has not seen the keys of a member');
  }
};
