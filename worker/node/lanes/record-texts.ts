/** One shard's records as a model is shown them: UTF-8, one after the other, record `i` from `offsets[i]` on. */
export type RecordTexts = { bytes: Uint8Array; offsets: Uint32Array };

/** In shared memory, so that handing it over copies nothing. */
export function shareTexts(texts: readonly string[]): RecordTexts {
  const encoded = texts.map((text) => Buffer.from(text, 'utf8'));
  const length = encoded.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  const offsets = new Uint32Array(new SharedArrayBuffer((texts.length + 1) * Uint32Array.BYTES_PER_ELEMENT));
  let end = 0;
  encoded.forEach((part, record) => {
    bytes.set(part, end);
    end += part.length;
    offsets[record + 1] = end;
  });
  return { bytes, offsets };
}

/** A shard that shows a model nothing. */
export const emptyTexts = (): RecordTexts => ({ bytes: new Uint8Array(0), offsets: new Uint32Array(1) });

/** The record's text; empty where there is none of this number. */
export function textAt({ bytes, offsets }: RecordTexts, record: number): string {
  const from = offsets[record];
  const end = offsets[record + 1];
  return from === undefined || end === undefined ? '' : Buffer.from(bytes.slice(from, end)).toString('utf8');
}
