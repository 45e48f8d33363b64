import { type Frame, FrameError } from '#lib/nodes/frame';
import { type Message, parseMessage } from '#lib/nodes/messages';
import { ConnectionRefusedError } from './admit-connection.ts';

/**
 * What a node says of itself first. A hello that is none of ours is most likely one of another version: who looks after
 * the node hears that. Throws ConnectionRefusedError `other_version`, or FrameError for any other frame.
 */
export function readHello(frame: Frame): Message<'hello'> {
  try {
    return parseMessage(frame, 'hello');
  } catch (error) {
    if (frame.type !== 'hello' || !(error instanceof FrameError)) throw error;
    throw new ConnectionRefusedError(
      'other_version',
      'This router does not understand the hello of this node. Both have to run the same version of this software.',
    );
  }
}
