import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newLeaf } from './append-leaf.ts';
import { decodeBundle, EntryTooLongError, encodeBundle, MAX_ENTRY_BYTES } from './entry-bundle.ts';

test('entries come back from a bundle as they went in', () => {
  const entry = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), (entries) => {
      expect(decodeBundle(encodeBundle(entries))).toEqual(entries);
    }),
  );
});

test('each entry follows its length in two bytes, the larger first', () => {
  expect(
    encodeBundle([Buffer.from('ab'), Buffer.alloc(258, 1)])
      .subarray(0, 6)
      .toString('hex'),
  ).toBe('000261620102');
});

test('a bundle that ends too soon is refused', () => {
  const whole = encodeBundle([Buffer.from('abc')]);
  for (const end of [1, 2, 4]) expect(() => decodeBundle(whole.subarray(0, end))).toThrow(/truncated/);
});

test('what no bundle can carry is not written', () => {
  const reserve = (text: string) =>
    newLeaf(
      {
        v: 1,
        atMs: 1,
        type: 'ledger.reserve',
        requestId: '7c8a1d5e-3b1f-4f7a-9a53-0d6a1c2b3e4f',
        principal: '7c8a1d5e-3b1f-4f7a-9a53-0d6a1c2b3e4f',
        mechanism: 'vote',
        parameters: { text },
        accounts: [],
      },
      null,
    );
  const room = MAX_ENTRY_BYTES - reserve('').entry.length;
  expect(reserve('x'.repeat(room)).entry.length).toBe(MAX_ENTRY_BYTES);
  expect(() => reserve('x'.repeat(room + 1))).toThrow(EntryTooLongError);
});
