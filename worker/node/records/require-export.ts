import { readdir } from 'node:fs/promises';

const NEEDED = ['Patient', 'DocumentReference', 'Condition'];

/** Throws an Error that says what is missing when the folder lacks Patient, DocumentReference or Condition files. */
export async function requireExport(folder: string, types: ReadonlySet<string>): Promise<void> {
  const missing = NEEDED.filter((type) => !types.has(type));
  if (missing.length === 0) return;
  const packed = (await readdir(folder)).some((name) => name.endsWith('.ndjson.gz'));
  throw new Error(
    `The records folder is no usable FHIR bulk export: it has no ${missing.join(', ')} file.${
      packed ? ' Files that end in .gz are not read: unpack them.' : ''
    }`,
  );
}
