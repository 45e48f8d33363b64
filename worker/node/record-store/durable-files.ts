import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts bytes in a file's place, on disk with all of them or not at all. The folder's own entry: `syncFolder`. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const draft = `${path}.draft`;
  await synced(await open(draft, 'w', 0o600), (file) => file.writeFile(bytes));
  await rename(draft, path);
}

/** After this what was renamed into the folder is there, however the machine stops. */
export async function syncFolder(path: string): Promise<void> {
  await synced(await open(path, 'r'), async () => {});
}

export async function writeWholeAndSync(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeWhole(path, bytes);
  await syncFolder(dirname(path));
}

export async function appendAndSync(path: string, text: string): Promise<void> {
  await synced(await open(path, 'a', 0o600), (file) => file.appendFile(text));
}

/** Overwrites a file before it is deleted. A disk may keep the old bytes all the same: keys are what erasure relies on. */
export async function shred(path: string): Promise<void> {
  const file = await open(path, 'r+').catch(() => null);
  if (!file) return;
  await synced(file, async (open) => {
    const { size } = await open.stat();
    await open.write(Buffer.alloc(size), 0, size, 0);
  });
  await rm(path, { force: true });
}

async function synced(file: FileHandle, write: (file: FileHandle) => Promise<unknown>): Promise<void> {
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
