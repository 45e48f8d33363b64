import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cliEnv } from '#lib/env';
import { UsageError } from './usage-error.ts';

/** A file above it is not read: its text and its objects would not fit a laptop's memory together. */
const MAX_FILE_MIB = 128;

/** @throws UsageError when the file is not there, not readable, too large or not JSON. */
export async function readJsonFile(name: string): Promise<unknown> {
  const path = resolve(cliEnv().INIT_CWD ?? '.', name);
  const text = await readText(path, name);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readText(path: string, name: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_MIB * 2 ** 20)
      throw new UsageError(
        `${name} is larger than ${MAX_FILE_MIB} MiB; equal events belong in one with a count`,
      );
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`${name} cannot be read (${REASONS[code] ?? code})`);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};
