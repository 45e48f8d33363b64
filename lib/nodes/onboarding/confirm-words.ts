import type { SessionActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { ConflictError, UnprocessableError } from '#lib/errors';
import { enrolmentWords, readWords } from '../six-words/six-words.ts';
import { changeState } from './change-state.ts';
import { channelAuthority } from './channel-authority.ts';
import { nodeToChange } from './node-to-change.ts';
import type { ConfirmWords } from './schemas.ts';

/**
 * An administrator says that the hospital read these six words: the node may have its certificate, which the router
 * issues when the node next asks. Throws UnprocessableError `words_differ` for others.
 */
export async function confirmWords(
  db: Database,
  actor: SessionActor,
  nodeId: string,
  { words }: ConfirmWords,
  now = new Date(),
): Promise<void> {
  await db.$transaction(async (tx) => {
    const node = await nodeToChange(tx, actor, 'node.change', nodeId);
    if (node.state !== 'pending' || !node.csr || !node.identityKey) {
      throw new ConflictError(`This node is ${node.state}: there are no words to compare.`, {
        code: 'node_state',
      });
    }
    const { caFingerprint } = await channelAuthority(tx);
    const expected = enrolmentWords(node.csr, node.identityKey, caFingerprint);
    if (readWords(words).join(' ') !== expected.join(' ')) {
      throw new UnprocessableError(
        'These are not the words of this node. If the hospital sees others, somebody else may have used the code: renew the invite.',
        { code: 'words_differ', param: 'words' },
      );
    }
    await changeState(tx, { nodeId, from: 'pending', to: 'certified', actor, reason: null }, now);
  });
}
