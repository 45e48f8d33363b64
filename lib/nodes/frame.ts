import { canonicalJson } from '#lib/crypto/canonical-json';

/**
 * The wire format between a node and the router, one WebSocket binary message per frame:
 *
 *   magic "FD" (2 bytes) | version u8 | type u8 | length u32 BE | JSON length u32 BE | JSON (UTF-8) | binary tail
 *
 * `length` counts everything after itself. The JSON part carries the typed fields (lib/nodes/messages.ts), the tail
 * a vector of u32 little-endian coordinates or other bytes. Every length is checked before anything is read.
 */
export const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 8;
/** The largest frame either side accepts: a 64 KiB prompt, 64 labels and the signatures fit many times over. */
export const MAX_FRAME_BYTES = 1 << 20;

const MAGIC = 0x4644;
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true });

export const FRAME_TYPES = {
  challenge: 1,
  hello: 2,
  welcome: 3,
  refused: 4,
  round: 16,
  contribution: 17,
  roundRefused: 18,
  receiptsSince: 19,
  receipts: 20,
  survivors: 21,
  agreement: 22,
  signedSurvivors: 23,
  unmasking: 24,
  unmaskingRefused: 25,
  publicQuery: 32,
  publicReply: 33,
  publicScores: 34,
  publicScoresReply: 35,
  probe: 48,
  probeReply: 49,
  keyEpoch: 64,
  announce: 65,
  directory: 66,
  encapsulations: 67,
  pairs: 68,
  telemetry: 96,
  peers: 97,
  certificateRequest: 98,
  certificate: 99,
  certificateRefused: 100,
  rekey: 101,
  witness: 80,
  cosignature: 81,
  witnessRefused: 82,
} as const;
export type FrameType = keyof typeof FRAME_TYPES;
const NAME_OF_TYPE = new Map<number, FrameType>(
  Object.entries(FRAME_TYPES).map(([name, number]) => [number, name as FrameType]),
);

export type Frame = { type: FrameType; json: unknown; tail: Buffer };

/** A frame that is not ours, of another version, too long, truncated, or not JSON. The connection is closed. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export function encodeFrame(type: FrameType, json: unknown, tail: Uint8Array = new Uint8Array(0)): Buffer {
  const body = Buffer.from(canonicalJson(json), 'utf8');
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + 4 + body.length + tail.length);
  if (frame.length > MAX_FRAME_BYTES)
    throw new FrameError(`frame of ${frame.length} bytes is over the limit`);
  frame.writeUInt16BE(MAGIC, 0);
  frame.writeUInt8(FRAME_VERSION, 2);
  frame.writeUInt8(FRAME_TYPES[type], 3);
  frame.writeUInt32BE(frame.length - FRAME_HEADER_BYTES, 4);
  frame.writeUInt32BE(body.length, FRAME_HEADER_BYTES);
  body.copy(frame, FRAME_HEADER_BYTES + 4);
  frame.set(tail, FRAME_HEADER_BYTES + 4 + body.length);
  return frame;
}

export function decodeFrame(bytes: Buffer): Frame {
  if (bytes.length > MAX_FRAME_BYTES)
    throw new FrameError(`frame of ${bytes.length} bytes is over the limit`);
  if (bytes.length < FRAME_HEADER_BYTES + 4) throw new FrameError('frame is truncated');
  if (bytes.readUInt16BE(0) !== MAGIC) throw new FrameError('not one of our frames');
  const version = bytes.readUInt8(2);
  if (version !== FRAME_VERSION) throw new FrameError(`frame version ${version} is not supported`);
  const type = NAME_OF_TYPE.get(bytes.readUInt8(3));
  if (type === undefined) throw new FrameError(`frame type ${bytes.readUInt8(3)} is unknown`);
  if (bytes.readUInt32BE(4) !== bytes.length - FRAME_HEADER_BYTES) {
    throw new FrameError('frame length does not match what arrived');
  }
  const jsonLength = bytes.readUInt32BE(FRAME_HEADER_BYTES);
  const jsonEnd = FRAME_HEADER_BYTES + 4 + jsonLength;
  if (jsonEnd > bytes.length) throw new FrameError('frame is truncated');
  try {
    const text = STRICT_UTF8.decode(bytes.subarray(FRAME_HEADER_BYTES + 4, jsonEnd));
    return { type, json: JSON.parse(text), tail: bytes.subarray(jsonEnd) };
  } catch (error) {
    throw new FrameError('frame does not hold JSON', { cause: error });
  }
}

/** Coordinates as they travel: u32 little-endian, modulo 2^32. */
export function encodeVector(vector: Uint32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, i) => {
    bytes.writeUInt32LE(value, i * 4);
  });
  return bytes;
}

/** @param length the number of coordinates the round asked for; any other length is a FrameError. */
export function decodeVector(bytes: Buffer, length: number): Uint32Array {
  if (bytes.length !== length * 4) {
    throw new FrameError(`vector has ${bytes.length} bytes where ${length * 4} were asked for`);
  }
  return Uint32Array.from({ length }, (_, i) => bytes.readUInt32LE(i * 4));
}
