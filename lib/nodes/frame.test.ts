import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFrame,
  decodeVector,
  encodeFrame,
  encodeVector,
  FRAME_TYPES,
  FrameError,
  type FrameType,
  MAX_FRAME_BYTES,
} from './frame.ts';
import { messageSchemas, parseMessage } from './messages.ts';

const good = encodeFrame('probe', { probeId: crypto.randomUUID() }, Buffer.from([1, 2, 3]));

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(FRAME_TYPES) as FrameType[])),
      fc
        .jsonValue()
        .filter((value) => JSON.stringify(value) === JSON.stringify(JSON.parse(JSON.stringify(value)))),
      fc.uint8Array({ maxLength: 64 }),
      (type, json, tail) => {
        const frame = decodeFrame(encodeFrame(type, json, tail));
        expect(frame.type).toBe(type);
        expect(frame.json).toEqual(JSON.parse(JSON.stringify(json)));
        expect(Uint8Array.from(frame.tail)).toEqual(tail);
      },
    ),
  );
});

describe('refused', () => {
  const changed = (offset: number, value: number) => {
    const bytes = Buffer.from(good);
    bytes[offset] = value;
    return bytes;
  };

  test.each([
    ['empty', Buffer.alloc(0), /truncated/],
    ['a header alone', good.subarray(0, 8), /truncated/],
    ['not ours', changed(0, 0x47), /not one of our frames/],
    ['another version', changed(2, 2), /version 2/],
    ['an unknown type', changed(3, 255), /type 255/],
    ['cut short', good.subarray(0, good.length - 1), /length/],
    ['with bytes added', Buffer.concat([good, Buffer.from([0])]), /length/],
    ['a JSON length beyond the frame', changed(8, 255), /truncated/],
    ['too long', Buffer.alloc(MAX_FRAME_BYTES + 1), /over the limit/],
    ['broken JSON', changed(12, 0x5b), /JSON/],
    ['broken UTF-8', changed(14, 0xff), /JSON/],
  ])('%s', (_what, bytes, reason) => {
    expect(() => decodeFrame(bytes)).toThrow(FrameError);
    expect(() => decodeFrame(bytes)).toThrow(reason);
  });

  test('a frame that would be too long is not even made', () => {
    expect(() => encodeFrame('probe', {}, Buffer.alloc(MAX_FRAME_BYTES))).toThrow(FrameError);
  });

  test('10,000 random or mutated frames: an error of ours or a frame, never anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([offset, value]) => changed(offset, value)),
        ),
        (bytes) => {
          try {
            const frame = decodeFrame(Buffer.from(bytes));
            parseMessage(frame, frame.type);
          } catch (error) {
            expect(error).toBeInstanceOf(FrameError);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

test('every frame type has a schema, and unknown fields are refused', () => {
  expect(Object.keys(messageSchemas).sort()).toEqual(Object.keys(FRAME_TYPES).sort());
  const frame = decodeFrame(encodeFrame('probe', { probeId: crypto.randomUUID(), more: 1 }));
  expect(() => parseMessage(frame, 'probe')).toThrow(FrameError);
  expect(() => parseMessage(frame, 'round')).toThrow(/expected a round frame/);
});

test('vectors: little-endian u32, and a wrong length is refused', () => {
  const vector = Uint32Array.from([0, 1, 2 ** 32 - 1]);
  expect(encodeVector(vector).toString('hex')).toBe('0000000001000000ffffffff');
  expect(decodeVector(encodeVector(vector), 3)).toEqual(vector);
  expect(() => decodeVector(encodeVector(vector), 4)).toThrow(FrameError);
  expect(() => decodeVector(Buffer.alloc(13), 3)).toThrow(FrameError);
});
