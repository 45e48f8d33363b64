import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { FrameError, MAX_FRAME_BYTES } from './frame.ts';

const TAG_BYTES = 32;
/** The largest message on the line: a frame and its tag. */
export const MAX_SEALED_BYTES = MAX_FRAME_BYTES + TAG_BYTES;

export type Side = 'node' | 'router';
const OTHER = { node: 'router', router: 'node' } as const;

/** What both ends of one TLS connection know, and nobody else: a key for its frames and what a hello is bound to. */
export type ChannelSecret = { binding: Buffer; key: Buffer };

/** TLS 1.3 makes no difference between none and an empty one. */
const NO_CONTEXT = Buffer.alloc(0);

export function channelSecret(socket: TLSSocket): ChannelSecret {
  return {
    binding: socket.exportKeyingMaterial(32, 'EXPORTER-fdlr-binding/1', NO_CONTEXT),
    key: socket.exportKeyingMaterial(32, 'EXPORTER-fdlr-channel/1', NO_CONTEXT),
  };
}

/**
 * One end of a connection: every frame carries a tag (HMAC-SHA256 over its number and itself, under a key for each
 * direction), checked before anything of it is read. A frame that is repeated, out of order or somebody else's ends the
 * connection. Below it TLS does the same; this holds where something of ours takes TLS apart.
 */
export class SealedLine {
  readonly #sendKey: KeyObject;
  readonly #receiveKey: KeyObject;
  #sent = 0n;
  #received = 0n;

  constructor(key: Uint8Array, side: Side) {
    this.#sendKey = directionKey(key, side);
    this.#receiveKey = directionKey(key, OTHER[side]);
  }

  seal(frame: Uint8Array): Buffer {
    return Buffer.concat([tagOf(this.#sendKey, this.#sent++, frame), frame]);
  }

  /** @throws FrameError unless this is the next frame of the other side. */
  open(sealed: Buffer): Buffer {
    if (sealed.length <= TAG_BYTES) throw new FrameError('frame is truncated');
    const frame = sealed.subarray(TAG_BYTES);
    const expected = tagOf(this.#receiveKey, this.#received, frame);
    if (!timingSafeEqual(sealed.subarray(0, TAG_BYTES), expected)) {
      throw new FrameError(
        'frame does not belong here: it is repeated, out of order or not of this connection',
      );
    }
    this.#received++;
    return frame;
  }
}

function directionKey(key: Uint8Array, from: Side): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `fdlr/frames/v1/${from}`, 32)));
}

function tagOf(key: KeyObject, number: bigint, frame: Uint8Array): Buffer {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(number);
  return createHmac('sha256', key).update(counter).update(frame).digest();
}
