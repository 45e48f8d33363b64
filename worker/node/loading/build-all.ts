import { Loader } from './loader.ts';
import type { LoaderReply, LoaderSetup, Wanted } from './loader-thread.ts';

/**
 * Builds every shard, one after the other. A shard whose records end the loading thread, or do not come to an end, is
 * null, and another thread that reads the records anew goes on with the next. Gives the loader that is alive.
 * @param loader has read its records.
 * @param out shards that are not tried.
 * @throws when the records, which could be read before, cannot be read again.
 */
export async function buildAll(
  loader: Loader,
  setup: LoaderSetup,
  wanted: Wanted,
  out: ReadonlySet<number> = new Set(),
): Promise<{ loader: Loader; built: (LoaderReply | null)[] }> {
  const built: (LoaderReply | null)[] = [];
  let alive = loader;
  for (let shard = 0; shard < setup.shards; shard += 1) {
    if (out.has(shard)) {
      built.push(null);
      continue;
    }
    const reply = await alive.build({ shard, ...wanted });
    built.push(reply);
    if (reply !== null) continue;
    alive = new Loader(setup);
    await alive.loaded;
  }
  return { loader: alive, built };
}
