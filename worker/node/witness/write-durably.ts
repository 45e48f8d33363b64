import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a text in a file's place, on disk (fsync) with all of it or not at all, however the machine stops. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`;
  await synced(await open(draft, 'w', 0o600), (file) => file.writeFile(text));
  await rename(draft, path);
  await synced(await open(dirname(path), 'r'));
}

async function synced(file: FileHandle, write: (file: FileHandle) => Promise<void> = async () => {}) {
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
