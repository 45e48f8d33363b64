import { type Built, Loader } from './loader.ts';
import type { LoaderSetup, Wanted } from './loader-thread.ts';

/**
 * Builds shards, one after the other. A shard whose records end the loading thread, or do not come to an end, is
 * null, and another thread that reads the records anew goes on with the next. Gives the loader that is alive.
 * @param loader has read its records.
 * @throws when the records, which could be read before, cannot be read again.
 */
export async function buildAll(
  loader: Loader,
  setup: LoaderSetup,
  wanted: Wanted,
  shards: Iterable<number> = Array.from({ length: setup.shards }, (_, shard) => shard),
): Promise<{ loader: Loader; built: Map<number, Built | null> }> {
  const built = new Map<number, Built | null>();
  let alive = loader;
  for (const shard of shards) {
    const reply = await alive.build({ shard, ...wanted });
    built.set(shard, reply);
    if (reply !== null) continue;
    alive = new Loader(setup);
    await alive.loaded;
  }
  return { loader: alive, built };
}
