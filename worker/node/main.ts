import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadOrCreateEd25519, loadOrCreateSecret } from '#lib/crypto/key-files';
import { createLogger } from '#lib/log';
import { encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { parseMessage } from '#lib/nodes/messages';
import { answerPublic } from './answer-public.ts';
import { answerRound, type RoundNode } from './answer-round.ts';
import { keepDialling } from './channel/dial.ts';
import { readConfig } from './config.ts';
import { loadLlamaEngine } from './engine/llama-engine.ts';
import { SpendLog } from './guard/spend-log.ts';
import { buildShards } from './records/build-shards.ts';
import { readBulkFolder } from './records/read-bulk-folder.ts';
import { castVotes } from './retrieval/cast-votes.ts';

/** The hospital's agent: `node worker/node/main.ts --config node.json`. */
const { values } = parseArgs({ options: { config: { type: 'string' } } });
if (!values.config) {
  process.stderr.write('usage: node worker/node/main.ts --config FILE\n');
  process.exit(2);
}
const config = readConfig(values.config);
const log = createLogger(config.name);
mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
const identity = loadOrCreateEd25519(join(config.dataDir, 'identity.pem'));
const shardKey = loadOrCreateSecret(join(config.dataDir, 'shard.key'));
const spendLog = await SpendLog.open(join(config.dataDir, 'spend-log.ndjson'), config.nodeId, identity);

const { records, counts } = await readBulkFolder(config.recordsDir);
const shards = buildShards({ records, shardKey, shards: config.shards });
log.info({ ...counts, records: records.length, shards: shards.length }, 'records loaded');

const engine = loadLlamaEngine();
engine.catch((error: unknown) =>
  log.error({ err: error }, 'the public model did not load; public questions are refused'),
);

const node: RoundNode = {
  config,
  spendLog,
  log,
  answered: new Map(),
  vote: (prompt, labels) => castVotes({ shards, prompt, labels }).counts,
};

async function onFrame(frame: Frame): Promise<Buffer | null> {
  switch (frame.type) {
    case 'round':
      return answerRound(node, parseMessage(frame, 'round'));
    case 'publicQuery':
      return encodeFrame('publicReply', await answerPublic(engine, parseMessage(frame, 'publicQuery')));
    case 'probe':
      return encodeFrame('probeReply', { probeId: parseMessage(frame, 'probe').probeId, queued: 0 });
    default:
      throw new FrameError(`a router does not send ${frame.type} frames`);
  }
}

let ready = false;
const hangUp = keepDialling(
  { config, identity, ledgerEpoch: () => spendLog.ledgerEpoch, log },
  {
    onFrame,
    onWelcome: ({ state }) => {
      log.info({ state }, 'connected to the router');
      if (!ready) process.send?.({ type: 'ready' });
      ready = true;
    },
  },
);

function stop(signal: string): void {
  log.info({ signal }, 'node stops');
  hangUp();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal));
