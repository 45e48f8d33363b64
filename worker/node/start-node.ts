import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadOrCreateEd25519, loadOrCreateSecret } from '#lib/crypto/key-files';
import type { Logger } from '#lib/log';
import { encodeFrame, type Frame, FrameError } from '#lib/nodes/frame';
import { parseMessage, RECEIPTS_A_PAGE } from '#lib/nodes/messages';
import { takeLock } from '../../scripts/process-lock.mjs';
import { answerPublic } from './answer-public.ts';
import { answerPublicScores } from './answer-public-scores.ts';
import { answerRound, type RoundNode } from './answer-round.ts';
import { keepDialling } from './channel/dial.ts';
import { type NodeConfig, sourceOf } from './config.ts';
import type { Engine } from './engine/engine.ts';
import { openEngine } from './engine/open-engine.ts';
import { RequestHistory } from './guard/request-history.ts';
import { SpendLog, SpendLogError } from './guard/spend-log.ts';
import { requireTickForStall } from './lanes/time-quotas.ts';
import { joinEngine } from './loading/join-engine.ts';
import { listenLocally } from './local/listen-locally.ts';
import { keepRecords } from './record-store/keep-records.ts';
import { Vitals } from './vitals/vitals.ts';
import { answerWitness } from './witness/answer-witness.ts';
import { Witness } from './witness/witness.ts';

/**
 * Loads the hospital's records and dials the router. `onConnected` is called at the first welcome, `onBroken` when the
 * spend log can no longer be written: a node that cannot charge must not stay in cohorts, where its silence costs others.
 */
export async function startNode(
  config: NodeConfig,
  log: Logger,
  events: { onConnected: () => void; onBroken: (error: Error) => void },
): Promise<() => void> {
  requireTickForStall(config.tickMs);
  sourceOf(config);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(config.dataDir, 'node.lock'));
  if ('heldBy' in lock) {
    throw new Error(
      `Process ${lock.heldBy} runs this node already: two would each keep their own account of one budget.`,
    );
  }
  const identity = loadOrCreateEd25519(join(config.dataDir, 'identity.pem'));
  const spendLog = await SpendLog.open(join(config.dataDir, 'spend-log.ndjson'), config.nodeId, identity);
  const witness = await Witness.open({
    folder: join(config.dataDir, 'witness'),
    nodeId: config.nodeId,
    identity,
    log,
  });
  const { shards, close: closeRecords } = await keepRecords({
    config,
    identity,
    log,
    onUnusable: events.onBroken,
  });
  const opened = await openEngine(config.engine, join(config.dataDir, 'engine-checks.json'), log);
  const { capabilities, load: engine } = opened;
  const secret = loadOrCreateSecret(join(config.dataDir, 'cache-salt.key'));
  const joined = await joinEngine(config, opened, shards, secret);
  const { shortAnswers } = joined;
  let loaded: Engine | null = null;
  const vitals = new Vitals({ lanes: config.lanes, engine: () => loaded });

  const node: RoundNode = {
    config: { ...config, tickMs: joined.tickMs },
    spendLog,
    history: new RequestHistory(),
    shards: joined,
    capabilities,
    shortAnswers,
    log,
    answered: new Map(),
  };
  const onFrame = async (frame: Frame, isOpen: () => boolean): Promise<Buffer | null> => {
    switch (frame.type) {
      case 'round':
        return vitals
          .during(answerRound(node, parseMessage(frame, 'round'), isOpen))
          .catch((error: unknown) => {
            if (error instanceof SpendLogError) events.onBroken(error);
            throw error;
          });
      case 'receiptsSince': {
        const { after } = parseMessage(frame, 'receiptsSince');
        const receipts = await spendLog.receiptsAfter(after, RECEIPTS_A_PAGE);
        return encodeFrame('receipts', { after, receipts });
      }
      case 'publicQuery':
        return encodeFrame(
          'publicReply',
          await answerPublic(engine, log, parseMessage(frame, 'publicQuery')),
        );
      case 'publicScores':
        return encodeFrame(
          'publicScoresReply',
          await answerPublicScores(engine, log, parseMessage(frame, 'publicScores')),
        );
      case 'witness':
        return answerWitness(witness, parseMessage(frame, 'witness'));
      case 'probe':
        return encodeFrame('probeReply', {
          probeId: parseMessage(frame, 'probe').probeId,
          queued: vitals.queued,
        });
      default:
        throw new FrameError(`a router does not send ${frame.type} frames`);
    }
  };
  let connected = false;
  const stopProbing = vitals.start();
  const local = config.local
    ? await listenLocally({
        config,
        local: config.local,
        modelId: capabilities.modelId,
        shards: joined,
        shardCount: config.shards,
        engine: shortAnswers,
        log,
      })
    : null;
  const hangUp = keepDialling(
    { config, identity, spendLog, capabilities, log },
    {
      onFrame,
      onWelcome: ({ state }) => {
        log.info({ state }, 'connected to the router');
        if (connected) return;
        connected = true;
        events.onConnected();
        // Votes do without the model, so nobody waits for it at the start; the first answers shall not either.
        shortAnswers().then(
          (model) => {
            loaded = model;
            void vitals.probe();
            log.info({ ...capabilities }, 'the model is ready');
          },
          (error: unknown) => log.error({ err: error }, 'the model is not ready'),
        );
      },
    },
  );
  return () => {
    stopProbing();
    hangUp();
    local?.close();
    closeRecords();
  };
}
