import { RoundRefusedError } from '#lib/nodes/node-channel';
import { ProtocolError } from '#lib/secure-aggregation/protocol-error';

/** Why a round failed, as the caller may read it: never which hospital, nor what it sent. */
export function whyFailed(reason: unknown): string {
  if (reason instanceof RoundRefusedError) return `a hospital's guard refused the round (${reason.code})`;
  if (reason instanceof ProtocolError && reason.code === 'too_few_survivors')
    return 'too many hospitals did not answer';
  if (reason instanceof ProtocolError) return 'what the hospitals sent does not unmask the sum';
  return 'a hospital did not answer';
}
