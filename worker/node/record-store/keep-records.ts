import type { KeyObject } from 'node:crypto';
import type { Logger } from '#lib/log';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import { type NodeConfig, sourceOf } from '../config.ts';
import { type Shards, startShards } from '../loading/start-shards.ts';
import { listenForOrders } from './control-socket.ts';
import { RecordKeeper } from './record-keeper.ts';
import { storePlace } from './store-place.ts';
import { refreshInThread } from './store-task.ts';
import { requireClearConsents } from './unclear-consents.ts';

export type KeptRecords = { shards: Shards; keeper: RecordKeeper; close: () => void };

/**
 * Takes in the hospital's records where they are new, loads them into shards and keeps both as the hospital says: by its
 * commands, and by the clock where `refreshMinutes` is given.
 */
export async function keepRecords({
  config,
  identity,
  log,
  onUnusable,
}: {
  config: Pick<
    NodeConfig,
    'nodeId' | 'dataDir' | 'shards' | 'lanes' | 'recordsDir' | 'fhir' | 'refreshMinutes'
  >;
  identity: KeyObject;
  log: Logger;
  onUnusable: (error: Error) => void;
}): Promise<KeptRecords> {
  const place = storePlace(config.dataDir, config.shards);
  const source = sourceOf(config);
  const { counts } = await refreshInThread(place, source, true);
  requireClearConsents(counts);
  if ((counts.unmergedLinks ?? 0) > 0) {
    log.warn(
      { unmergedLinks: counts.unmergedLinks },
      'duplicates named by one side only were not merged; check them',
    );
  }
  const shards = await startShards({
    store: place,
    shards: config.shards,
    lanes: config.lanes,
    roundMs: ROUND_DEADLINE_MS,
    onQuarantined: (shard) =>
      log.error({ shard }, 'a shard ended its thread; it abstains until the next start'),
    onLaneEnded: () => log.warn('a lane ended; the one that stood by goes on'),
  });
  log.info({ ...counts, shards: config.shards }, 'records loaded');
  const { nodeId, refreshMinutes } = config;
  const keeper = new RecordKeeper({ nodeId, identity, place, source, shards, log, onUnusable });
  const socket = await listenForOrders(config.dataDir, keeper, log);
  const timer = refreshMinutes
    ? setInterval(() => {
        keeper
          .refresh()
          .catch((error: unknown) => log.error({ err: error }, 'the records were not refreshed'));
      }, refreshMinutes * 60_000).unref()
    : null;
  return {
    shards,
    keeper,
    close: () => {
      if (timer) clearInterval(timer);
      socket.close();
    },
  };
}
