import { encodeFrame } from '#lib/nodes/frame';
import type { Message } from '#lib/nodes/messages';
import type { Witness } from './witness.ts';

/** Signs the head that the router shows, or says why not. */
export async function answerWitness(witness: Witness, message: Message<'witness'>): Promise<Buffer> {
  const answer = await witness.answer({
    verifierKey: message.verifierKey,
    note: message.note,
    oldSize: BigInt(message.oldSize),
    path: message.path.map((hash) => Buffer.from(hash, 'hex')),
  });
  if ('line' in answer) return encodeFrame('cosignature', answer);
  const { refused: code, reason, seenSize } = answer;
  return encodeFrame('witnessRefused', { code, reason: reason.slice(0, 512), seenSize: String(seenSize) });
}
