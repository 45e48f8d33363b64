/** The most bytes that an entry may have: its length travels in two (C2SP tlog-tiles). */
export const MAX_ENTRY_BYTES = 65_535;

/** An entry that no bundle could carry is not written. */
export class EntryTooLongError extends Error {
  override readonly name = 'EntryTooLongError';
}

export function requireEntryFits(entry: Uint8Array): void {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new EntryTooLongError(
      `an entry of ${entry.length} bytes is over the ${MAX_ENTRY_BYTES} of the log`,
    );
  }
}

/** C2SP tlog-tiles entry bundle: each entry after its length as big-endian uint16. */
export function encodeBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      requireEntryFits(entry);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** Throws when the lengths do not add up. */
export function decodeBundle(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw new Error('the entry bundle is truncated');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
