import { TAG_BYTES } from './patient-tag.ts';
import { RecordStoreError } from './store-error.ts';

/** One patient in a shard's file: the name they have here, and what is known of them, sealed under their own key. */
export type SealedPatient = { tag: string; sealed: Buffer };

const LENGTH_BYTES = 4;

/** In the order of the tags, which nothing but the patients' ids decides. */
export function encodeShardFile(patients: readonly SealedPatient[]): Buffer {
  const ordered = patients.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  return Buffer.concat(
    ordered.flatMap(({ tag, sealed }) => {
      const head = Buffer.alloc(TAG_BYTES + LENGTH_BYTES);
      head.write(tag, 'hex');
      head.writeUInt32BE(sealed.length, TAG_BYTES);
      return [head, sealed];
    }),
  );
}

export function decodeShardFile(bytes: Buffer): SealedPatient[] {
  const patients: SealedPatient[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at + TAG_BYTES + LENGTH_BYTES;
    if (start > bytes.length) throw new RecordStoreError('a shard file ends within an entry');
    const end = start + bytes.readUInt32BE(at + TAG_BYTES);
    if (end > bytes.length) throw new RecordStoreError('a shard file ends within an entry');
    patients.push({
      tag: bytes.toString('hex', at, at + TAG_BYTES),
      sealed: bytes.subarray(start, end),
    });
    at = end;
  }
  return patients;
}
