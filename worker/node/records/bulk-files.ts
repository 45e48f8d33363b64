import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a bulk export by resource type, in a fixed order: `Type.ndjson` or parts such as `Type.000.ndjson`. */
export async function bulkFiles(folder: string): Promise<Map<string, string[]>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw new Error('The records folder cannot be read.', { cause });
  }
  const byType = new Map<string, string[]>();
  for (const name of names.sort()) {
    const type = /^([A-Za-z]+)(?:[.\-_][A-Za-z0-9\-_]+)*\.ndjson$/.exec(name)?.[1];
    if (!type) continue;
    byType.set(type, [...(byType.get(type) ?? []), join(folder, name)]);
  }
  return byType;
}
