import { z } from 'zod';
import { decodeBundle } from '../entry-bundle.ts';
import { type Tile, tilePath } from '../tile-path.ts';
import type { LogSource } from './log-source.ts';

const TIMEOUT_MS = 30_000;
const HASH_BYTES = 32;

const pageSchema = z.object({
  checkpoints: z.array(z.string()),
  next: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,17})$/)
    .nullable(),
});

/** A log as anybody can read it, below its base URL. Throws where the server does not answer as a log does. */
export function httpSource(baseUrl: string): LogSource {
  const base = baseUrl.replace(/\/+$/, '');
  const fetchFrom = async (path: string): Promise<Response | null> => {
    const response = await fetch(`${base}/${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${base}/${path} answers with status ${response.status}.`);
    return response;
  };
  const text = async (path: string) => (await fetchFrom(path))?.text() ?? null;
  const bytes = async (tile: Tile) => {
    const response = await fetchFrom(`tile/${tilePath(tile)}`);
    return response && Buffer.from(await response.arrayBuffer());
  };
  return {
    verifierKey: async () => {
      const key = await text('key');
      if (key === null) throw new Error(`${base} publishes no key; name it with --key.`);
      return key.trim();
    },
    witnesses: async () => ((await text('witnesses')) ?? '').split('\n').filter((line) => line !== ''),
    head: () => text('checkpoint'),
    checkpoints: async () => {
      const notes: string[] = [];
      for (let next: string | null = '0'; next !== null; ) {
        const response = await fetchFrom(`checkpoints?after=${next}`);
        // Another log than ours need not keep its heads.
        if (!response) return notes;
        const page = pageSchema.parse(await response.json());
        notes.push(...page.checkpoints);
        if (page.next !== null && BigInt(page.next) <= BigInt(next))
          throw new Error(`${base}/checkpoints leads back to ${page.next} and would never end.`);
        next = page.next;
      }
      return notes;
    },
    entries: async (tile) => fill(tile, decoded(await bytes(tile))),
    hashes: async (tile) => {
      const tileBytes = await bytes(tile);
      const count = Math.floor((tileBytes?.length ?? 0) / HASH_BYTES);
      return fill(
        tile,
        Array.from({ length: count }, (_, i) => tileBytes!.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)),
      );
    },
    cosignedSizes: async () => [],
  };
}

/** A bundle that cannot be read has no entries. */
function decoded(bundle: Buffer | null): Buffer[] {
  try {
    return bundle ? decodeBundle(bundle) : [];
  } catch {
    return [];
  }
}

const fill = ({ width }: Tile, found: Buffer[]): (Buffer | null)[] =>
  Array.from({ length: width }, (_, i) => found[i] ?? null);
